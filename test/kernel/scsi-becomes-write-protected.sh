# A disk becomes write-protected while it is used: what writes get before the kernel has looked again, and after.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 delay=0
W=/sys/module/scsi_debug/parameters/wp
cat $W
w() { dd if=/dev/zero of=$1 bs=4096 count=1 oflag=direct 2>&1 | head -n 1; }
b() { dd if=/dev/zero of=$1 bs=4096 count=1 conv=notrunc 2>&1 | head -n 1; sync; }
log() { dmesg | sed 's/^\[[^]]*\] //; s/ flags 0x[0-9a-f]*//; s/tag#[0-9]*/tag#/' | tail -n +$((n + 1)); n=$(dmesg | wc -l); }
log > /dev/null
dmsetup create lin --table "0 8 linear 8:0 0"
echo nonsense > $W; cat $W
echo Y > $W; cat $W; echo "-- protected, nobody has looked"
cat /sys/block/sda/ro; w /dev/sda; w /dev/mapper/lin; dd if=/dev/sda of=/dev/null bs=4096 count=1 iflag=direct 2>&1 | tail -n 1 | cut -c1-4; b /dev/sda; log
blockdev --getro /dev/sda; log
echo "-- rescanned"; echo 1 > /sys/block/sda/device/rescan; cat /sys/block/sda/ro; log
w /dev/sda; w /dev/mapper/lin; b /dev/sda; blockdev --getro /dev/sda; blockdev --setrw /dev/sda; echo "rc=$?"; cat /sys/block/sda/ro; log
w /dev/sda; log
dmsetup table; dmsetup info -c --noheadings -o name,attr
dmsetup create two --table "0 8 linear 8:0 8"; echo "rc=$?"; dmsetup create two -r --table "0 8 linear 8:0 8"; echo "rc=$?"; dmsetup info -c --noheadings -o name,attr
dmsetup load lin --table "0 8 linear 8:0 0"; echo "rc=$?"; log
echo 0 > $W; echo "-- no longer protected"; w /dev/sda; cat /sys/block/sda/ro; log
echo "-- rescanned"; echo 1 > /sys/block/sda/device/rescan; cat /sys/block/sda/ro; log
w /dev/sda; w /dev/mapper/lin; w /dev/mapper/two; blockdev --setrw /dev/mapper/two; echo "rc=$?"; w /dev/mapper/two; log
echo 1 > $W; echo running > /sys/block/sda/device/state; cat /sys/block/sda/ro; log
blockdev --setro /dev/sda; cat /sys/block/sda/ro; echo 0 > $W; echo 1 > /sys/block/sda/device/rescan; cat /sys/block/sda/ro; log
blockdev --setrw /dev/sda; blockdev --setro /dev/sda; echo 1 > /sys/block/sda/device/rescan; cat /sys/block/sda/ro; blockdev --setrw /dev/sda

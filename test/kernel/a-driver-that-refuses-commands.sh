# scsi_debug refuses to take a command: its host is left alone for seven attempts more, so that only some writes of a map meet it.
# A READ(10) that the disk does not know is sent again as READ(6).
modprobe scsi_debug vpd_use_hostno=0 dev_size_mb=8 add_host=1 per_host_store=0 delay=0
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1
mount -t debugfs none /sys/kernel/debug; S=$(blockdev --getsz /dev/sda); D=/sys/bus/pseudo/drivers/scsi_debug
E=/sys/kernel/debug/scsi_debug/$(basename $(readlink /sys/block/sda/device))/error
log() { dmesg -c | sed 's/^\[[^]]*\] //; s/tag#[0-9]* //' | grep -E 'sd [0-9]|I/O error|device-mapper' | uniq -c | sed 's/^ *//'; }
st() { dmsetup status mp | grep -o '8:[0-9]* [AF] [0-9]*' | paste -sd' '; }
w() { dd if=/dev/zero of=/dev/mapper/mp bs=4k count=$1 oflag=direct status=none; echo "write $?"; st; }
dmsetup create mp --table "0 $S multipath 1 queue_if_no_path 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"; log > /dev/null
echo "1 1 0x2a 5" > $E; cat $E
for i in 1 2 3 4 5 6 7 8; do echo "-- two writes"; w 2; log; done
echo "-- taken again"; echo "- 1 0x2a" > $E; cat $E; w 2; w 2; log
echo "-- READ(10) is not known"; echo "2 -2 0x28 0 0 0x2 0x5 0x20 0" > $E
for i in 1 2; do dd if=/dev/sda of=/dev/null bs=4k count=1 iflag=direct status=none; echo "read $?"; log; cat $E; done
echo "2 1 0x08 0 0 0x2 0x3 0x11 0" > $E; dd if=/dev/sda of=/dev/null bs=4k count=1 skip=3 iflag=direct status=none; echo "READ(6) fails $?"; log
dd if=/dev/sda of=/dev/null bs=128k count=1 iflag=direct status=none; echo "more than READ(6) can ask for $?"; log
echo "-- the settings of the driver"
for v in 20 0 -1 1e3 x "" " 3" 0x5; do echo "$v" > $D/delay; echo "delay '$v' $? $(cat $D/delay) $(cat $D/ndelay)"; done 2>&1 | sed 's/^.*line [0-9]*: //'
for v in 5000 0 -1 1e3 1000000000 999999999 0; do echo "$v" > $D/ndelay; echo "ndelay '$v' $? $(cat $D/delay) $(cat $D/ndelay)"; done 2>&1 | sed 's/^.*line [0-9]*: //'
for v in 4 -1 1e3 "" 0x10 x 0; do echo "$v" > $D/every_nth; echo "every_nth '$v' $? $(cat $D/every_nth)"; done 2>&1 | sed 's/^.*line [0-9]*: //'
echo "- 2 0x28" > $E; echo "- 2 0x08" > $E; echo 500 > $D/delay; dd if=/dev/sdb of=/dev/null bs=4k count=1 iflag=direct status=none & sleep 0.5
echo 0 > $D/delay; echo "delay while a command is under way $?"; echo 7 > $D/ndelay; echo "ndelay $?"; wait; echo 0 > $D/delay; echo "delay $? $(cat $D/delay)"

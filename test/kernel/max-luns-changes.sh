# The driver's attribute max_luns tells each unit that the list of units has changed: its next command learns it, and is sent again. Beyond the end nothing answers.
modprobe scsi_debug dev_size_mb=8 delay=0
a=/sys/bus/pseudo/drivers/scsi_debug
echo 2 > $a/max_luns; echo '- - -' > /sys/class/scsi_host/host0/scan; sleep 1
dd if=/dev/sda of=/dev/null bs=4k count=1 iflag=direct status=none; dmesg -c > /dev/null
c() { for d in sda sdb; do echo "$d $(cat /sys/block/$d/device/iorequest_cnt) $(cat /sys/block/$d/device/iodone_cnt) $(cat /sys/block/$d/device/ioerr_cnt)"; done; dmesg -c | sed 's/^\[[^]]*\] //; s/tag#[0-9]*/tag#N/'; }
r() { dd if=/dev/$1 of=/dev/null bs=4k count=1 iflag=direct status=none && echo "read $1"; c; }
c
echo 2 > $a/max_luns; echo "-- the same"; r sda
echo 3 > $a/max_luns; echo "-- more"; c; r sda; r sda
echo 1 > $a/max_luns; echo "-- fewer"; r sda; r sdb; cat /sys/block/sdb/device/state
echo "- - -" > /sys/class/scsi_host/host0/scan; echo "-- scan"; c
S=$(blockdev --getsz /dev/sda)
dmsetup create m --table "0 $S multipath 0 0 2 1 round-robin 0 1 1 8:16 1 round-robin 0 1 1 8:0 1"
dd if=/dev/mapper/m of=/dev/null bs=4k count=1 iflag=direct status=none && echo "read m"; dmsetup status m; c
dmsetup message m 0 reinstate_path 8:16; dmsetup message m 0 switch_group 1
echo 2 > $a/max_luns; echo "-- it is back"; r sdb; dd if=/dev/mapper/m of=/dev/null bs=4k count=1 iflag=direct status=none && echo "read m"; dmsetup status m; c
dmsetup remove m
echo 4 > $a/max_luns; echo 1 > /sys/block/sda/device/rescan; echo "-- rescan"; c
echo 2 > $a/max_luns; echo "0 0 -" > /sys/class/scsi_host/host0/scan; echo "-- scan"; c

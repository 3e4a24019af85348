# A write-protected disk: the log, opening it for writing, maps that may only read, rescans.
modprobe scsi_debug dev_size_mb=8 delay=0 wp=1
dmesg | sed 's/^[^]]*\] //' | grep sda; cat /sys/block/sda/ro /sys/module/scsi_debug/parameters/wp
dd if=/dev/zero of=/dev/sda bs=4k count=1 oflag=direct status=none; echo "dd $?"; dd if=/dev/zero of=/dev/sda bs=4k count=1 conv=notrunc status=none; echo "dd $?"; echo x > /dev/sda; echo "echo $?"; exec 5<>/dev/sda; echo "exec $?"
dd if=/dev/sda of=/dev/null bs=4k count=1 status=none; echo "read $?"; blockdev --getro /dev/sda; blockdev --setrw /dev/sda; echo "setrw $?"; cat /sys/block/sda/ro; dd if=/dev/zero of=/dev/sda bs=4k count=1 status=none; echo "dd $?"
echo 1 > /sys/block/sda/device/rescan; cat /sys/block/sda/ro; blkdiscard /dev/sda; echo "discard $?"; sync /dev/sda; echo "sync $?"
dmsetup create a --table "0 8 linear 8:0 0"; echo "$?"; dmsetup create a -r --table "0 8 linear 8:0 0"; echo "$?"; dd if=/dev/zero of=/dev/mapper/a bs=4k count=1 status=none; echo "dd $?"; dmsetup load a --table "0 8 linear 8:0 0"; echo "load $?"; dmsetup load -r a --table "0 8 linear 8:0 0"; echo "load $?"; dmsetup resume a; dmsetup info -c -o name,attr; echo 1 > /sys/block/sda/device/delete; ls /sys/block | grep -c sda

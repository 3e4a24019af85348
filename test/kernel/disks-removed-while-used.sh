modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 delay=0 per_host_store=1
dmsetup create d --table "0 16384 linear 8:0 0"; exec 3<> /dev/sdb 4<> /dev/mapper/d
dd if=/dev/zero of=/dev/mapper/d bs=4k count=3 conv=notrunc status=none; dd if=/dev/zero of=/dev/sdb bs=4k count=3 conv=notrunc status=none
echo 1 > /sys/block/sda/device/delete; echo 1 > /sys/block/sdb/device/delete; ls /sys/block | grep -c sd; ls /dev/sd* 2>&1
sync; echo "sync $?"; dd if=/dev/mapper/d of=/dev/null bs=4k count=1 skip=100 status=none; echo $?; dd if=/dev/mapper/d of=/dev/null bs=4k count=1 status=none; echo "cached $?"; echo x >&3; echo $?; blockdev --getsz /dev/mapper/d; dmsetup table d; dmsetup deps -o devname d; exec 3>&- 4>&-
dmesg | sed 's/^[^]]*\] //' | grep -E "I/O error|rejecting|Synchronizing|Buffer|dead device" | sort | uniq -c; dmsetup remove d; echo $?; for h in 0 1; do echo "- - -" > /sys/class/scsi_host/host$h/scan; done; sleep 1; ls /dev/sd*

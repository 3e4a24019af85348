# lsmod, rmmod, modinfo-ish
modprobe scsi_debug dev_size_mb=8; sleep 1
grep -E '^scsi_debug ' /proc/modules | cut -d' ' -f1,3,4,5
exec 5</dev/sda
rmmod scsi_debug; echo $?
exec 5<&-
rmmod scsi_debug; echo $?
ls /sys/block | grep sd; ls -d /sys/module/scsi_debug
rmmod scsi_debug; echo $?
modprobe brd rd_nr=1; dmsetup create x --table "0 8 linear 1:0 0"
rmmod brd; echo $?
dmsetup remove x; rmmod brd; echo $?; ls /dev/ram0
modprobe nosuchmodule; echo $?
modprobe null_blk nr_devices=2; ls /sys/block | grep null; rmmod null_blk; ls /sys/block | grep null
dmesg | grep -E 'brd|null_blk|Synchronizing' | sed 's/^\[[^]]*\] //' | tail -6; ls /sys/module | grep -E 'brd|null_blk'; cat /proc/partitions | wc -l

# A write that failed on a path and is failed again from the queue makes the path's queue length -1.
modprobe scsi_debug dev_size_mb=8 delay=0
dmsetup create m --table "0 16384 multipath 3 queue_if_no_path queue_mode bio 0 1 1 queue-length 0 1 1 8:0 1"
echo offline > /sys/block/sda/device/state
( dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none; echo "write rc=$?" ) & sleep 1
dmsetup status m
dmsetup message m 0 fail_if_no_path; wait
dmsetup status m
echo running > /sys/block/sda/device/state; dmsetup message m 0 reinstate_path 8:0
dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none; echo "write rc=$?"
dmsetup status m

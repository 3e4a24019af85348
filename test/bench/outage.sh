# How long a map without paths keeps its I/O, against how long the paths are gone.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
S=$(blockdev --getsz /dev/sda)
dmsetup create mp --table "0 $S multipath 1 queue_if_no_path 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
for d in sda sdb; do echo offline > /sys/block/$d/device/state; done
dd if=/dev/zero of=/dev/mapper/mp bs=4096 count=1 oflag=direct status=none 2>/dev/null &
sleep 1
(sleep $patience; dmsetup message mp 0 fail_if_no_path) &
(sleep $outage; for d in sda sdb; do echo running > /sys/block/$d/device/state; done; dmsetup message mp 0 reinstate_path 8:0) &
wait %1 && ok=1 || ok=0
simctl measure ok $ok

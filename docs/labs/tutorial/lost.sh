# One path is lost, then the other. One comes back.
#: Two paths to one disk, and a map over both.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
dmsetup create mpatha --table "0 16384 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
write() { dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 seek=$1 count=1 oflag=direct status=none 2>/dev/null && echo "write $1 completed" || echo "write $1 FAILED"; }
#: The first path is lost. The map learns of it when a write fails there, and sends that write down the other path.
echo "-- sda is lost"
echo offline > /sys/block/sda/device/state
write 1
write 2
dmsetup status mpatha
#: The second path is lost. The write has no path now: it waits in the target, and neither completes nor fails.
echo "-- sdb is lost"
echo offline > /sys/block/sdb/device/state
write 3 &
sleep 5
dmsetup status mpatha
#: A path is back, and a message tells the map so. The write that waited goes on.
echo "-- sda is back"
echo running > /sys/block/sda/device/state
dmsetup message mpatha 0 "reinstate_path 8:0"
wait
dmsetup status mpatha

# Two paths to one disk, and a map over both.
#: Two hosts, one disk behind both: sda and sdb are two paths to the same disk.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
for d in /sys/block/sd*; do echo "${d##*/} $(cat $d/dev) $(cat $d/device/state)"; done
#: The map mpatha stands over both paths.
dmsetup create mpatha --table "0 16384 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
#: A write to the map goes down one of the paths.
dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=1 oflag=direct status=none && echo "write completed"
#: The group is active (A), and so is each path.
dmsetup status mpatha

# A selector that sends I/O to the path with the least under way believes that one path has less than nothing.
# The story: a bio fails on a path, and its selector counts it off. It waits in the map, and is then given up, or given back
# by a noflush suspend: on its way out it is counted off that path again. With queue-length or service-time the path looks
# emptier than it is until the table is replaced. Linux 6.12 does so still; dmsim's check of status lines found it.
# Source: dm-mpath.c: multipath_end_io_bio calls end_io of the selector with the path of the last try
# Look at: the number behind the fail count of each path, when nothing is under way. With queue_mode rq it stays 0.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
S=$(blockdev --getsz /dev/sda)
state() { for d in sda sdb; do echo $1 > /sys/block/$d/device/state; done; }
write() { dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=1 oflag=direct status=none 2>/dev/null && echo "write completed" || echo "write FAILED"; }
for mode in bio rq; do
  for selector in "queue-length 0 2 1 8:0 1 8:16 1" "service-time 0 2 2 8:0 1 1 8:16 1 1"; do
    echo "== $mode $selector"
    state running
    dmsetup create mpatha --table "0 $S multipath 3 queue_if_no_path queue_mode $mode 0 1 1 $selector"
    write
    dmsetup status mpatha
    state offline
    echo "-- no path: the write waits"
    write &
    sleep 1
    dmsetup status mpatha
    echo "-- it is given up"
    dmsetup message mpatha 0 fail_if_no_path
    wait
    dmsetup status mpatha
    echo "-- the paths are back"
    state running
    dmsetup message mpatha 0 "reinstate_path 8:0"
    dmsetup message mpatha 0 "reinstate_path 8:16"
    write
    dmsetup status mpatha
    dmsetup message mpatha 0 queue_if_no_path
    state offline
    write &
    sleep 1
    echo "-- given back to the core, and sent again"
    dmsetup suspend --noflush mpatha
    state running
    dmsetup resume mpatha
    dmsetup message mpatha 0 "reinstate_path 8:0"
    dmsetup message mpatha 0 "reinstate_path 8:16"
    wait
    dmsetup status mpatha
    dmsetup remove mpatha
  done
done

# All paths come back, and I/O that waits must go on by itself, without new I/O to wake it.
# The story: since Linux 3.15 a target answered "busy" when no group was current. But only a request that is mapped makes a
# group current, and a busy target is given none: after cables had been pulled and put back, the queue stood still.
# Source: Linux 3.16, dm-3.16-fixes: multipath_busy
# Look at: the group's letter before the paths are back (E: no group is current), and whether the writes complete.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
S=$(blockdev --getsz /dev/sda)
state() { for d in sda sdb; do echo $1 > /sys/block/$d/device/state; done; }
write() { dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 seek=$1 count=1 oflag=direct status=none 2>/dev/null && echo "a write completed" || echo "a write FAILED"; }
for mode in rq bio; do
  echo "== queue_mode $mode"
  dmsetup create mpatha --table "0 $S multipath 3 queue_if_no_path queue_mode $mode 0 2 1 service-time 0 1 2 8:0 1 1 service-time 0 1 2 8:16 1 1"
  write 0
  #: The cables are pulled: each write fails both paths, and waits.
  state offline
  write 1 & write 2 & write 3 &
  sleep 1
  dmsetup status mpatha
  #: They are put back, and the daemon reinstates what its checker finds. No new I/O comes.
  state running
  dmsetup message mpatha 0 "reinstate_path 8:16"
  wait
  dmsetup message mpatha 0 "reinstate_path 8:0"
  dmsetup status mpatha
  dmsetup remove mpatha
done

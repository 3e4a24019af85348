# One path of two drops every command: writers stand still until its commands time out, whatever the other path could do.
# The story: a switch port was turned off under fio. All eight paths' I/O stalled for 5 to 15 s: the commands on the dead path
# held the queue depth of the application. The usual advice is a short time-out below (replacement_timeout 15 instead of 120).
# Source: https://github.com/axboe/fio/issues/1886; Red Hat, storage administration guide: replacement_timeout
# Look at: whether the writers are through after 3 s with each time-out of the disk, and that no write ever fails.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
S=$(blockdev --getsz /dev/sda)
mount -t debugfs none /sys/kernel/debug 2>/dev/null
drop=/sys/kernel/debug/scsi_debug/0:0:0:0/error
#: The path gives a command up after its first time-out: dm has another path to try.
echo 0 > /sys/block/sda/device/scsi_disk/0:0:0:0/max_retries
dmsetup create mpatha --table "0 $S multipath 1 queue_if_no_path 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
#: A closed loop of depth two: a writer starts its next write when the last one is done.
writer() { for i in 1 2 3 4 5 6 7 8; do dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 seek=$1 count=1 oflag=direct status=none 2>/dev/null && echo "completed"; done; }
for timeout in 1 8; do
  echo "-- the disk's time-out is $timeout s"
  echo $timeout > /sys/block/sda/device/timeout
  dmsetup message mpatha 0 "reinstate_path 8:0"
  echo "0 -100 0x2a" > $drop
  writer 1 > /tmp/one & writer 2 > /tmp/two &
  sleep 4
  [ $(cat /tmp/one /tmp/two | wc -l) -eq 16 ] && echo "after 4 s the writers are through" || echo "after 4 s the writers stand still"
  wait
  echo "$(cat /tmp/one /tmp/two | wc -l) of 16 writes completed"
  echo "- 0 0x2a" > $drop
  dmsetup status mpatha | grep -o "8:0 [AF]"
done

#udev
# Nobody ends queueing when the daemon is gone: the retries of no_path_retry are counted in user space.
# The story: multipathd ended (or was killed) and left queue_if_no_path on. Then the last path was lost: I/O waited for ever,
# although no_path_retry was 3. The kernel got a time-out of its own for that.
# Source: Linux be240ff5e402, "dm mpath: Add timeout mechanism for queue_if_no_path"
# Look at: queue_if_no_path in the table after the daemon has ended, and what ends the waiting.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n no_path_retry 3\n queue_without_daemon %s\n}\n' $1 > /etc/multipath.conf; }
state() { for d in sda sdb; do echo $1 > /sys/block/$d/device/state; done; }
write() { dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=1 oflag=direct status=none 2>/dev/null && echo "the write completed" || echo "the write FAILED"; }
queues() { dmsetup table mpatha | grep -q queue_if_no_path && echo "the map queues" || echo "the map does not queue"; }
#: As it was: the map goes on queueing when the daemon has ended.
conf yes
multipathd
sleep 3; udevadm settle; sleep 3
multipathd shutdown; sleep 2
queues
state offline
write > /tmp/answer &
sleep 15
echo "-- 15 s after the last path was lost, with three retries of a second"
cat /tmp/answer; [ -s /tmp/answer ] || echo "the write still waits"
#: By hand: this is what the daemon would have said to the kernel.
dmsetup message mpatha 0 fail_if_no_path
wait
cat /tmp/answer
#: First remedy: the kernel's own time-out, for daemons that die.
state running
multipathd
sleep 3; udevadm settle; sleep 6
echo 10 > /sys/module/dm_multipath/parameters/queue_if_no_path_timeout_secs
multipathd shutdown; sleep 2
queues
state offline
write > /tmp/answer &
sleep 5
echo "-- with a time-out of 10 s: after 5 s"
[ -s /tmp/answer ] || echo "the write still waits"
wait
cat /tmp/answer
queues
#: Second remedy: queue_without_daemon no, the default, for daemons that are told to end.
echo 0 > /sys/module/dm_multipath/parameters/queue_if_no_path_timeout_secs
state running
conf no
multipathd
sleep 3; udevadm settle; sleep 6
queues
multipathd shutdown; sleep 2
echo "-- queue_without_daemon no"
queues
state offline
write

#udev
# How long may the storage be away? The same two outages under no_path_retry fail, 4 and queue.
# The story: with "fail" virtual machines paused at the first hiccup of the array; "queue" blocked LVM and all else on the
# host until the storage was back; "no_path_retry 4" became the recommended middle: four checks of grace.
# Source: Red Hat Virtualization 4.3, recommended settings for multipath.conf
# Look at: which of the two writes survives under which setting, and what "queue" leaves behind when nothing comes back.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 2\n max_polling_interval 2\n no_path_retry %s\n}\n' $1 > /etc/multipath.conf; }
state() { for d in sda sdb; do echo $1 > /sys/block/$d/device/state; done; }
write() { dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=1 oflag=direct status=none 2>/dev/null && echo "completed" || echo "FAILED"; }
outage() {
  state offline
  write > /tmp/answer &
  sleep $1
  echo "$2: an outage of $1 s: $([ -s /tmp/answer ] && cat /tmp/answer || echo "the write waits") when it ends"
  state running
  wait
  echo "$2: an outage of $1 s: $(cat /tmp/answer)"
  sleep 6
}
conf fail
multipathd
sleep 3; udevadm settle; sleep 3
#: fail: nothing waits, not even for the short outage.
outage 4 fail
outage 30 fail
#: 4: four checks of 2 s are the grace.
conf 4
multipathd reconfigure; sleep 6
outage 4 4
outage 30 4
#: queue: every write waits as long as it takes.
conf queue
multipathd reconfigure; sleep 6
outage 4 queue
outage 30 queue

#udev
# A shutdown takes the storage away before the daemon has ended queueing, and a last write hangs it.
# The story: hosts did not come down. The paths were logged out while something still wrote; the map queued, and when multipathd
# was stopped at last, whoever waited for the write had been waiting long since. A unit that runs "multipathd disablequeueing maps" early cures it.
# Source: multipath-tools ee062a06 (2025), https://github.com/open-iscsi/open-iscsi/issues/195
# Look at: what becomes of the last write in each order of the same steps.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n no_path_retry queue\n}\n' > /etc/multipath.conf
last_write() { dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=1 oflag=direct status=none 2>/dev/null && echo "the last write completed" > /tmp/answer || echo "the last write FAILED" > /tmp/answer; }
answer() { [ -s /tmp/answer ] && cat /tmp/answer || echo "the last write hangs"; : > /tmp/answer; }
state() { for d in sda sdb; do echo $1 > /sys/block/$d/device/state; done; }
multipathd
sleep 3; udevadm settle; sleep 3
echo "-- storage first, the daemon afterwards"
state offline; sleep 3
last_write &
sleep 10; answer
multipathd shutdown > /dev/null; wait; answer
state running; multipathd; sleep 3; udevadm settle; sleep 3
echo "-- queueing first, then storage, then the daemon"
multipathd disablequeueing maps
state offline; sleep 3
last_write &
sleep 10; answer
multipathd shutdown > /dev/null; wait
state running; multipathd; sleep 3; udevadm settle; sleep 3
echo "-- the writer first"
last_write; answer
state offline; sleep 3; multipathd shutdown; wait

#udev
# Paths are removed one by one while a write is under way; the map queues, and the last removal leaves the write waiting.
# The story: the logout of the second of two iSCSI sessions hung. The disks were removed one by one; with the last one the map
# queued what was in flight, and nobody was left who could answer.
# Source: https://github.com/coreos/bugs/issues/2318
# Look at: the write after the last disk has gone, and what ends it.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n no_path_retry queue\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
write() { dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=1 oflag=direct status=none 2>/dev/null && echo "the write completed" > /tmp/answer || echo "the write FAILED" > /tmp/answer; }
echo 1 > /sys/block/sda/device/delete; sleep 3
write; cat /tmp/answer; : > /tmp/answer
echo offline > /sys/block/sdb/device/state
write &
sleep 3
#: The last disk goes while the write waits in the map.
echo 1 > /sys/block/sdb/device/delete; sleep 5
[ -s /tmp/answer ] && cat /tmp/answer || echo "the write waits"
dmsetup table; multipathd show maps format "%n %Q %N"
#: The remedy: queueing must end before the last path goes.
multipathd disablequeueing map mpatha > /tmp/ok
wait; cat /tmp/ok /tmp/answer
sleep 3; dmsetup ls; multipathd show maps

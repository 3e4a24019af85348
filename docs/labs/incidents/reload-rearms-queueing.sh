#udev
# Somebody reloads the map after the retries have run out, and queueing is on again with nobody to end it.
# The story: no_path_retry had expired and I/O failed, as promised. Then a table with queue_if_no_path was loaded from outside
# (multipath, a script). The daemon believed that it had nothing to do; the next I/O hung.
# Source: multipath-tools 2ac5b172 and 0235f74f (2023), after the version 0.9.4 that runs here
# Look at: the same write before and after the reload.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n no_path_retry 3\n}\n' > /etc/multipath.conf
state() { for d in sda sdb; do echo $1 > /sys/block/$d/device/state; done; }
write() { dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=1 oflag=direct status=none 2>/dev/null && echo "the write completed" || echo "the write FAILED"; }
queues() { dmsetup table mpatha | grep -q queue_if_no_path && echo "the map queues" || echo "the map does not queue"; }
multipathd
sleep 3; udevadm settle; sleep 3
queues
#: Both paths are lost. After three checks the daemon ends queueing: writes fail at once.
state offline
sleep 10
echo "-- the retries have run out"
queues
write
#: The table is loaded again as it was at the start.
dmsetup reload mpatha --table "0 16384 multipath 1 queue_if_no_path 1 alua 1 1 service-time 0 2 1 8:0 1 8:16 1"
dmsetup resume mpatha
write > /tmp/answer &
sleep 10
echo "-- 10 s after the reload"
queues
cat /tmp/answer; [ -s /tmp/answer ] || echo "the write waits"
multipathd show maps format "%n %Q %N"
#: What helps: tell the map what the daemon has told it before.
dmsetup message mpatha 0 fail_if_no_path
wait
cat /tmp/answer
#: When a path returns, all is well without further help.
state running
sleep 5
queues
write

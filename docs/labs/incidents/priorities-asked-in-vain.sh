#udev
# The array does not answer when the daemon asks for its port groups: every path gets the same priority, and keeps it.
# The story: a host attached a hundred volumes at once. The array was too busy to answer REPORT TARGET PORT GROUPS in time, the daemon wrote
# "emergency fallback - alua failed", and took const for alua: I/O went down paths that were not optimized as well, and a failover of
# those ended with the volume unmounted.
# Source: https://github.com/hpe-storage/csi-driver/issues/543
# Look at: prioritizer, priorities and groups of the map, long after the array answers again, and what brings them back.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
busybox mount -t debugfs debugfs /sys/kernel/debug
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 2\n max_polling_interval 2\n path_grouping_policy group_by_prio\n prio alua\n detect_prio no\n failback immediate\n no_path_retry 5\n}\n' > /etc/multipath.conf
#: REPORT TARGET PORT GROUPS (a3) fails on both paths.
silence() { for h in 0 1; do echo "2 1 a3 0 0 2 5 20 0" > /sys/kernel/debug/scsi_debug/$h:0:0:0/error; done; }
answer() { for h in 0 1; do echo "- 2 a3" > /sys/kernel/debug/scsi_debug/$h:0:0:0/error; done; }
look() { echo "-- $1"; multipathd show paths format "%d %p %t %T"; dmsetup table mpatha | grep -oE "8:[0-9]+|round-robin|service-time"; }
silence
multipathd -d > /tmp/log 2>&1 &
sleep 8; udevadm settle; sleep 4
look "the array did not answer"
answer; sleep 10
look "it answers again, 10 s ago"
multipathd reconfigure > /dev/null; sleep 8
look "after a reconfiguration"
grep -o "prio = const.*" /tmp/log | sort -u
multipathd shutdown > /dev/null; sleep 1

#udev
# The access state of a path becomes known with a rescan: with failback immediate and group_by_prio the map is loaded anew.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n log_checker_err once\n path_grouping_policy group_by_prio\n failback immediate\n}\n' > /etc/multipath.conf
multipathd -d >> /tmp/log 2>&1 &
sleep 3; udevadm settle; sleep 5
show() { echo "--- $1"; multipathd show paths format "%d %p %t %T"; dmsetup table; multipathd show maps raw format "%n %F %1 %2"; sed 's/^[0-9.]* | //' /tmp/log | grep -v timeouts; : > /tmp/log; }
show "one group"
for d in sda sdb; do echo 1 > /sys/block/$d/device/rescan; done; sleep 5; show "states known"
echo offline > /sys/block/sda/device/state; sleep 4; show "sda offline"
echo running > /sys/block/sda/device/state; sleep 4; show "sda running"
multipathd shutdown; wait

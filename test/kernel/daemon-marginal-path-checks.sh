#udev
# marginal_path_*: a path that fails twice in a while is read for two minutes before it is used again, or kept out longer.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
mkdir -p /sys/kernel/debug; busybox mount -t debugfs debugfs /sys/kernel/debug
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n path_grouping_policy multibus\n no_path_retry queue\n marginal_path_double_failed_time 60\n marginal_path_err_sample_time 120\n marginal_path_err_rate_threshold 10\n marginal_path_err_recheck_gap_time 10\n}\n' > /etc/multipath.conf
log() { sed 's/^[0-9.]* | //' /tmp/log | grep -E 'marginal|early|io error|reinstated|failed'; : > /tmp/log; }
show() { echo "$1:"; multipathd show paths format '%d %t %T %M'; log; }
multipathd -d >> /tmp/log 2>&1 &
sleep 3; udevadm settle; sleep 3; log
for i in 1 2; do echo offline > /sys/block/sda/device/state; sleep 3; echo running > /sys/block/sda/device/state; sleep 3; show "failure $i"; done
sleep 60; show "a minute later"
sleep 70; show "and another"
for i in 1 2; do echo offline > /sys/block/sda/device/state; sleep 3; echo running > /sys/block/sda/device/state; sleep 3; done; show "two more"
echo offline > /sys/block/sdb/device/state; sleep 4; show "the other is lost"
echo running > /sys/block/sdb/device/state; sleep 4; show "and back"
multipathd shutdown; wait

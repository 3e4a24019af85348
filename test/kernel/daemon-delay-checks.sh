#udev
# delay_watch_checks and delay_wait_checks: the second failure within the watched checks keeps a path out for a time.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 2\n no_path_retry 10\n delay_watch_checks 20\n delay_wait_checks 5\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
show() { echo "$1:"; multipathd show paths format "%d %t %T %o"; }
flap() { echo offline > /sys/block/$1/device/state; sleep 4; echo running > /sys/block/$1/device/state; sleep 4; }
multipathd show config local | grep -E 'delay_w|san_path'
flap sda; show "one failure"
flap sda; show "two failures"
sleep 14; show "after the wait"

#udev
# A TUR that never answers: the path stays as it was while it is awaited, and is faulty after checker_timeout. directio likewise.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
busybox mount -t debugfs debugfs /sys/kernel/debug
error() { echo "$1" > /sys/kernel/debug/scsi_debug/0:0:0:0/error; }
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n checker_timeout 4\n%b}\n' "$1" > /etc/multipath.conf; }
conf ''
multipathd
sleep 3; udevadm settle; sleep 3
show() { echo "$1:"; multipathd show paths format "%d %c %t %T"; }
show "at first"
error "0 1 0"; sleep 3; show "TUR hangs"
sleep 8; show "for long"
error "- 0 0"; sleep 8; show "no more"
conf ' detect_checker no\n path_checker directio\n'; multipathd reconfigure; sleep 4; show "directio"
error "0 1 28"; sleep 3; show "reads hang"
sleep 8; show "for long"

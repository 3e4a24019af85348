#udev
# A standby path (its TUR says so) is a ghost: usable, at the daemon's word. ghost_delay makes a map wait for something better.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
busybox mount -t debugfs debugfs /sys/kernel/debug
standby() { echo "2 1 0 0 0 2 2 4 b" > /sys/kernel/debug/scsi_debug/$1:0:0:0/error; }
active() { echo "- 2 0" > /sys/kernel/debug/scsi_debug/$1:0:0:0/error; }
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n no_path_retry 10\n%b}\n' "$1" > /etc/multipath.conf; }
conf ''
multipathd
sleep 3; udevadm settle; sleep 3
show() { multipathd show paths format "%d %t %T %o %p"; dmsetup status; multipathd show maps format "%n %N %Q"; }
standby 0; sleep 4; show
standby 1; sleep 4; show
echo "--- a new map with ghosts only"
multipathd del map mpatha; multipathd add map mpatha; sleep 6; show
echo "--- one becomes active"; active 0; sleep 4; show
echo "--- ghost_delay"; standby 0; sleep 3; multipathd del map mpatha; conf ' ghost_delay 8\n'; multipathd reconfigure; sleep 4
udevadm info --query=property --name=dm-0 | grep -E '^(MPATH_DEVICE_READY|DM_NOSCAN)' | sort; show
sleep 10; udevadm info --query=property --name=dm-0 | grep -E '^(MPATH_DEVICE_READY|DM_NOSCAN)' | sort; show

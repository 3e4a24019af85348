#udev
# What udev tells when paths of a map are lost, one by one, and come back: uevents, properties of the map.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n no_path_retry 4\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
properties() { echo "$1:"; udevadm info --query=property --name=dm-0 | grep -E '^(DM_ACTIVATION|DM_NOSCAN|DM_UDEV_DISABLE_OTHER|DM_SUBSYSTEM|MPATH_|SYSTEMD_READY)' | sort; }
state() { for d in $2; do echo $1 > /sys/block/$d/device/state; done; sleep 4; udevadm settle; properties "$2 $1"; }
properties "at first"
state offline sda
state offline sdb
sleep 4
state running sdb
state running sda
multipathd reload map mpatha; sleep 3; properties "loaded anew"
multipathd resize map mpatha; sleep 3; properties "resized"
multipathd suspend map mpatha; sleep 2; properties "suspended"
multipathd resume map mpatha; sleep 3; properties "resumed"

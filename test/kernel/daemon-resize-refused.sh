#udev
# A map can't grow before each of its paths has: what the daemon calls its map after it has tried, and after it has succeeded.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf "defaults {\n user_friendly_names yes\n find_multipaths no\n detect_prio no\n prio const\n}\n" > /etc/multipath.conf
up() { multipathd; sleep 4; udevadm settle; sleep 4; }
up
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/virtual_gb; echo 1 > /sys/block/sda/device/rescan; sleep 3; udevadm settle
multipathd show map mpatha topology
multipathd resize map mpatha; echo rc=$?; multipathd show map mpatha topology; multipathd show maps json | grep '"action"'
echo 1 > /sys/block/sdb/device/rescan; sleep 3; udevadm settle
multipathd resize map mpatha; echo rc=$?; sleep 2; multipathd show map mpatha topology; multipathd show maps json | grep '"action"'

#udev
# What show status counts: states of all paths, and the paths that are open. A disk that was offline since the daemon found it is not, though its map has it.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n}\n' > /etc/multipath.conf
s() { echo "--- $1"; multipathd show status | grep -E '[0-9]'; multipathd show paths format '%d %t %T %I %m'; }
multipathd; sleep 2; udevadm settle; sleep 2; s start
echo offline > /sys/block/sda/device/state; sleep 2; s 'sda is down'
multipathd reconfigure; sleep 2; udevadm settle; s 'reconfigured'
echo running > /sys/block/sda/device/state; sleep 3; s 'sda is back'
multipathd del path sdb; sleep 1; s 'sdb deleted'
echo offline > /sys/block/sdb/device/state; multipathd add path sdb; sleep 2; s 'sdb added, down'
echo running > /sys/block/sdb/device/state; sleep 3; s 'sdb is back'
multipathd del map mpatha; sleep 1; s 'no map'

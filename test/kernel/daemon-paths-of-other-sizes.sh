#udev
# Paths of one WWID that differ in size: at the start, when one is added, when one grows.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n no_path_retry queue\n}\n' > /etc/multipath.conf
log() { sed 's/^[0-9.]* | //' /tmp/log | grep -v 'scsi timeouts'; : > /tmp/log; }
show() { echo "$1:"; multipathd show paths format '%d %m %t %S'; dmsetup table; log; }
multipathd -d >> /tmp/log 2>&1 &
sleep 3; udevadm settle; sleep 3; log
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/virtual_gb; echo 1 > /sys/block/sdb/device/rescan; sleep 3; show "sdb has grown"
multipathd resize map mpatha; show "resize"
multipathd reload map mpatha; sleep 2; show "reload"
multipathd del path sdb; sleep 2; multipathd add path sdb; sleep 2; show "sdb added again"
multipathd reconfigure; sleep 4; udevadm settle; show "reconfigured"
echo 1 > /sys/block/sda/device/rescan; sleep 2; multipathd reconfigure; sleep 4; udevadm settle; show "both have grown"
multipathd resize map mpatha; sleep 1; show "resize"
multipathd shutdown; wait

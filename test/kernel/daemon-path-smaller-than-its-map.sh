#udev
# A path is to leave a map whose new table the kernel refuses, since the other path has shrunk; the path is added again, the sizes agree again.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 2\n max_polling_interval 2\n log_checker_err once\n}\n' > /etc/multipath.conf
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/virtual_gb; for d in sda sdb; do echo 1 > /sys/block/$d/device/rescan; done; sleep 1; udevadm settle
multipathd -d -v2 >> /tmp/log 2>&1 &
sleep 3; udevadm settle; sleep 4
log() { sleep 3; udevadm settle; sleep 1; echo "--- $1"; sed 's/^[0-9.]* | //' /tmp/log | grep -v unsupp; : > /tmp/log; multipathd show paths format "%d %t %T %m"; dmsetup table; }
log start
echo 0 > /sys/bus/pseudo/drivers/scsi_debug/virtual_gb; echo 1 > /sys/block/sda/device/rescan; log "sda is smaller"
multipathd del path sdb; echo "rc=$?"; log "del sdb"
multipathd add path sdb; echo "rc=$?"; log "add sdb"
multipathd reload map mpatha; echo "rc=$?"; log reload
multipathd del path sdb; echo "rc=$?"; sleep 5; log "del sdb"
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/virtual_gb; echo 1 > /sys/block/sda/device/rescan; log "sda has grown"
multipathd del path sdb; echo "rc=$?"; log "del sdb"
multipathd add path sdb; echo "rc=$?"; log "add sdb"
multipathd shutdown > /dev/null; wait

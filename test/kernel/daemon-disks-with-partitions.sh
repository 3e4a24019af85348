#udev
# Disks with partitions come, change and go: the daemon asks udev's monitor for disks, and hears nothing of partitions.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 num_parts=2 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths strict\n polling_interval 1\n max_polling_interval 1\n}\n' > /etc/multipath.conf
multipathd -d -v3 >> /tmp/log 2>&1 &
sleep 3; udevadm settle; sleep 3
log() { udevadm settle; sleep 2; echo "--- $1"; sed 's/^[0-9.]* | //' /tmp/log | grep -E "^uevent|^sd[a-z]+[0-9]*: (add|remove|path already|spurious)|trigger error" | sed 's,host[0-9]*/target[0-9:]*/[0-9:]*,H,'; : > /tmp/log; }
: > /tmp/log
for a in change add remove; do echo $a > /sys/block/sda/sda1/uevent; log "$a of a partition"; done
echo change > /sys/block/sda/uevent; log "change of a disk"
echo 1 > /sys/block/sda/device/delete; log "a disk is deleted"
echo "- - -" > /sys/class/scsi_host/host0/scan; log "a disk is found"
multipathd show paths format "%d %i %m"

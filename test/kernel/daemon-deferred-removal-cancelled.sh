#udev
# deferred_remove: an open map without paths goes with its last opener, unless a path comes back before.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n deferred_remove yes\n flush_on_last_del yes\n no_path_retry queue\n}\n' > /etc/multipath.conf
log() { sed 's#^[0-9.]* | ##' /tmp/log | grep -v 'scsi timeouts\|path is up\|reinstated\|remaining active\|checker failed'; : > /tmp/log; }
show() { echo "$1:"; dmsetup table; dmsetup info | grep -E 'State|Open'; multipathd show maps format '%n %N %Q'; log; }
multipathd -d >> /tmp/log 2>&1 &
sleep 3; udevadm settle; sleep 3; log
exec 5< /dev/mapper/mpatha
for d in sda sdb; do echo 1 > /sys/block/$d/device/delete; sleep 2; done; udevadm settle; show "no paths"
echo "- - -" > /sys/class/scsi_host/host0/scan; sleep 3; udevadm settle; sleep 3; show "a path is back"
exec 5<&-; sleep 3; show "closed"
exec 5< /dev/mapper/mpatha
for d in /sys/block/sd*; do echo 1 > $d/device/delete; sleep 2; done; udevadm settle; show "no paths"
exec 5<&-; sleep 3; udevadm settle; show "closed"
multipathd shutdown; wait

#udev
# san_path_err_* with marginal_pathgroups on: a shaky path gets a group of its own; without another path it is used again early.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
for n in 2 3 4; do echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle; done
echo 1 > /sys/block/sdc/device/delete; sleep 1; udevadm settle
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n path_grouping_policy multibus\n no_path_retry queue\n san_path_err_threshold 1\n san_path_err_forget_rate 30\n san_path_err_recovery_time 15\n marginal_pathgroups %s\n}\n' $1 > /etc/multipath.conf; }
log() { sed 's/^[0-9.]* | //' /tmp/log | grep -E 'marginal|early|reload|error|recover'; : > /tmp/log; }
show() { echo "$1:"; multipathd show paths format '%d %t %T %M'; dmsetup table; log; }
shake() { for i in 1 2 3; do echo offline > /sys/block/$1/device/state; sleep 3; echo running > /sys/block/$1/device/state; sleep 3; done; }
conf on
multipathd -d >> /tmp/log 2>&1 &
sleep 3; udevadm settle; sleep 3; log
shake sda; show "sda is shaky"
shake sdb; show "sdb, too"
sleep 14; show "later"
conf off; multipathd reconfigure; sleep 4; log
shake sda; show "sda is shaky, no groups"
for d in sdb sdd; do echo offline > /sys/block/$d/device/state; done; sleep 4; show "the others are lost"
for d in sdb sdd; do echo running > /sys/block/$d/device/state; done; sleep 4; show "and back"
multipathd shutdown; wait

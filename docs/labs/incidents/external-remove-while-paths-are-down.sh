#udev
# Somebody removes a map while half of its paths are down, and it comes back with the other half only.
# The story: an agent ran "dmsetup remove" on maps that looked broken during a fabric flap. Maps of eight paths came back with four,
# and at the next flap with none.
# Source: https://github.com/hpe-storage/csi-driver/issues/564 (2026)
# Look at: how many paths the map has after the removal, when the fabric has returned, and after a reconfiguration.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
for n in 2 3 4; do echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 3; done
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n path_grouping_policy multibus\n no_path_retry queue\n}\n' > /etc/multipath.conf
state() { for d in sdc sdd; do echo $1 > /sys/block/$d/device/state; sleep 3; done; }
show() { echo "-- $1"; dmsetup table; multipathd show paths format "%d %m"; }
multipathd
sleep 12
#: One fabric is away.
state offline; sleep 4
#: The agent removes the map. The daemon forgets it, and makes it again when it is told to.
dmsetup remove mpatha; sleep 2; multipathd reconfigure; sleep 5
show "removed, and made again"
#: The fabric returns.
state running; sleep 6
show "the fabric is back"
multipathd reconfigure; sleep 5
show "reconfigured"

#udev
# The daemon stops, the map is flushed, a path goes offline, the daemon starts: what it makes of a path it can't ask.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n no_path_retry queue\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
show() { dmsetup table; multipathd show paths format "%d %w %t %T %o %m %p"; multipathd show topology; }
stop() { multipathd shutdown; sleep 2; multipath -f mpatha 2>/dev/null; dmsetup ls; }
stop; echo offline > /sys/block/sda/device/state
multipathd
sleep 3; udevadm settle; sleep 3
show; sleep 5
echo "--- running again"; echo running > /sys/block/sda/device/state; sleep 5; show
echo "--- reconfigured"; multipathd reconfigure; sleep 5; show
echo "--- both offline"; stop; for d in sda sdb; do echo offline > /sys/block/$d/device/state; done
multipathd
sleep 3; udevadm settle; sleep 3
show
echo "--- sdb running"; echo running > /sys/block/sdb/device/state; sleep 5; show

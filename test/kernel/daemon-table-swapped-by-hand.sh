#udev
# An administrator swaps the table, by dmsetup, while the controller of the active path is away.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n detect_prio no\n prio alua\n path_grouping_policy group_by_prio\n failback immediate\n no_path_retry queue\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
dmsetup table
see() { echo "--- $1"; dmsetup table; multipathd show paths format "%d %t %T %p %m"; multipathd show maps format "%n %Q %N %t %f"; }
dmsetup suspend --noflush mpatha; echo offline > /sys/block/sda/device/state; sleep 3; see suspended
echo "0 16384 multipath 0 1 alua 1 1 service-time 0 2 1 8:0 1 8:16 1" | dmsetup load mpatha; dmsetup resume mpatha; udevadm settle; sleep 4; see "one group"
(dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=4 oflag=direct 2>/dev/null; echo "write rc=$?") & sleep 2; wait $!
see written
echo running > /sys/block/sda/device/state; sleep 4; udevadm settle; sleep 1; see "sda is back"
echo "0 16384 multipath 0 1 alua 1 1 service-time 0 1 1 8:16 1" | dmsetup reload mpatha; dmsetup suspend mpatha; dmsetup resume mpatha; udevadm settle; sleep 5; see "without sda"
echo offline > /sys/block/sdb/device/state; sleep 4; see "sdb is lost"
echo running > /sys/block/sdb/device/state; sleep 4; see "sdb is back"
multipathd reload map mpatha; sleep 4; see reloaded
multipath -ll

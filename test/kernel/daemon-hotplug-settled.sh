#udev
# A path is unplugged and plugged in again: uevents, table reloads, the map keeps its name.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n path_grouping_policy multibus\n path_selector "round-robin 0"\n no_path_retry queue\n}\n' > /etc/multipath.conf
multipathd
rest() { sleep 4; udevadm settle; sleep 5; }
rest
dmsetup table; multipathd show paths format "%d %D %t %T %o"
echo 1 > /sys/block/sdb/device/delete
rest
dmsetup table; multipathd show paths format "%d %D %t %T %o"
for h in /sys/class/scsi_host/host*; do echo "- - -" > $h/scan; done
rest
dmsetup table; multipathd show paths format "%d %D %t %T %o"
multipathd show maps format "%n %d %Q %N %t"
echo 1 > /sys/block/sda/device/delete
rest
dmsetup table; dmsetup status
multipathd show topology

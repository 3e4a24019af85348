#udev
# Writes go on while one path is lost, fails by message, is deleted and comes back; the shows between, in formats and JSON.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n no_path_retry 5\n path_grouping_policy multibus\n failback immediate\n detect_prio no\n prio const\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
st() { echo "-- $1"; multipathd show paths format "%d %i %D %t %o %T %s %N %m"; multipathd show maps format "%n %t %N %Q %x %r %0 %1 %2 %3 %4"; }
(for i in $(seq 1 40); do dd if=/dev/zero of=/dev/mapper/mpatha bs=4k count=8 seek=$i oflag=direct status=none || echo "write $i failed"; sleep 0.5; done; echo writer ended) > /tmp/w 2>&1 &
sleep 1; st 'both'
echo offline > /sys/block/sda/device/state; sleep 4; st 'sda offline'
dmsetup message mpatha 0 fail_path 8:16; sleep 0.2; st 'both failed'; sleep 3; st 'sdb again'
echo running > /sys/block/sda/device/state; sleep 4; st 'sda again'
multipathd fail path sda; sleep 3; st 'sda failed by hand'; multipathd reinstate path sda; sleep 2; st 'and reinstated'
wait; cat /tmp/w
multipathd show maps json | grep -v -E '"(vend|uuid|prod|rev|serial|dev_t)'
multipathd show maps stats

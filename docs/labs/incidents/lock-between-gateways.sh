#udev
# Two gateways of one volume take turns: whoever gets I/O takes the lock from the other. Looking at both paths makes it bounce.
# The story: a cluster served its volumes through several iSCSI gateways, of which one at a time held the lock, and took it without
# being asked to. When a map was set up, every path was read; the lock went to and fro, until a gateway gave up and
# dropped its connection: probes failed, and paths with them.
# Source: https://github.com/open-iscsi/tcmu-runner/pull/477 (2018)
# Look at: how often the lock moved, and whether paths were failed, while the same sixteen writes were done with one group for both
# gateways or a group for each, and with a checker that reads or one that only asks.
# Linux has no such gateways to test with: simctl array gives the volume its lock.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 2\n max_polling_interval 2\n no_path_retry queue\n path_grouping_policy %s\n path_selector "round-robin 0"\n rr_min_io_rq 1\n detect_checker no\n path_checker %s\n}\n' $1 $2 > /etc/multipath.conf; }
write() { dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 seek=$1 count=1 oflag=direct status=none 2>/dev/null || echo "a write FAILED"; }
failures() { dmsetup status mpatha | grep -oE '8:[0-9]+ [AF] [0-9]+' | awk '{ n += $3 } END { print n }'; }
round() {
  conf $1 $2; multipathd reconfigure > /dev/null; sleep 6
  simctl array lock sda 300ms 3; before=$(failures)
  for i in 1 2 3 4; do for n in 1 2 3 4; do write $n & done; sleep 2; done; wait
  moves=$(simctl array lock sda); failures=$(($(failures) - before))
  echo "$1, $2: the lock moved $([ $moves -gt 12 ] && echo "without end" || { [ $moves -gt 1 ] && echo "now and then" || echo once; }), $([ $failures -gt 0 ] && echo "paths were failed" || echo "no path was failed")"
}
conf multibus tur
multipathd
sleep 3; udevadm settle; sleep 3
round multibus directio
round multibus tur
round failover directio
round failover tur

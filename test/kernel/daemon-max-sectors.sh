#udev
# max_sectors_kb, skip_kpartx, rr_min_io and rr_weight as a reconfiguration changes them, and as a new map has them.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n detect_prio no\n prio alua\n path_grouping_policy multibus\n%b}\n' "$1" > /etc/multipath.conf; }
conf ''
multipathd
sleep 3; udevadm settle; sleep 3
show() { dmsetup table; for d in sda sdb dm-0; do cat /sys/block/$d/queue/max_sectors_kb; done | tr '\n' ' '; echo; }
try() { echo "--- $1"; conf "$1"; multipathd reconfigure 2>/dev/null; sleep 4; show; }
show
try ' max_sectors_kb 64\n'
multipathd del map mpatha; multipathd add map mpatha; sleep 3; show
try ' rr_min_io_rq 5\n rr_min_io 7\n'
try ' path_selector "round-robin 0"\n rr_min_io_rq 5\n'
try ' path_selector "round-robin 0"\n rr_min_io_rq 5\n rr_weight priorities\n'
try ' path_selector "queue-length 0"\n'
try ' path_selector "nonesuch 0"\n'

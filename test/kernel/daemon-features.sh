#udev
# The features keyword: queue_if_no_path beside no_path_retry, pg_init options, queue_mode at creation and later, words that nobody knows.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n%b}\n' "$1" > /etc/multipath.conf; }
conf ''
multipathd
sleep 3; udevadm settle; sleep 3
try() { conf "$1"; echo "--- $1"; multipathd reconfigure 2>/dev/null; sleep 4; dmsetup table; multipathd show maps format "%n %Q %f" 2>/dev/null; }
try ' features "1 queue_if_no_path"\n'
try ' features "1 queue_if_no_path"\n no_path_retry fail\n'
try ' features "1 queue_if_no_path"\n no_path_retry 4\n'
try ' features "3 queue_if_no_path pg_init_retries 5"\n'
try ' features "2 queue_mode bio"\n'
multipathd del map mpatha; multipathd add map mpatha; sleep 4; dmsetup table
try ' features "1 nonesuch"\n'
try ' features "0"\n no_path_retry queue\n'
try ' features "7 queue_if_no_path"\n'

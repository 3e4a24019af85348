#udev
# What no_path_retry may be: nothing, 0, fail, queue, a number, and wrong values; how the map shows it.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n%b}\n' "$1" > /etc/multipath.conf; }
conf ''
multipathd
sleep 3; udevadm settle; sleep 3
try() { conf "$1"; echo "--- $1"; multipathd reconfigure; sleep 4; dmsetup table; multipathd show maps format "%n %Q"; multipathd show config local | grep no_path; }
try ' no_path_retry 0\n'
try ' no_path_retry 7\n'
try ' no_path_retry queue\n'
try ''
try ' no_path_retry fail\n'
dmsetup message mpatha 0 queue_if_no_path
try ''
try ' no_path_retry never\n' 2>&1 | sed 's/^[0-9.]* | //'
try ' no_path_retry "5"\n'

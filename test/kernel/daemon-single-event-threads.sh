#udev
# multipathd -w: a thread a map waits for its events, and keeps all others from the device mapper until one comes.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 2\n max_polling_interval 2\n no_path_retry queue\n}\n' > /etc/multipath.conf
log() { sed 's/^[0-9.]* | //; s/longer than [0-9]* seconds/longer than N seconds/' /tmp/log | grep -v 'scsi timeouts\|check_timeout'; : > /tmp/log; }
ask() { timeout 2 multipathd "$@" > /dev/null; echo "> $*: rc=$?"; }
multipathd -d -w >> /tmp/log 2>&1 &
p=$!
sleep 3; udevadm settle; sleep 6; log; dmsetup status
ask show paths; ask show maps
sleep 5; echo "--- a path is failed: an event"; dmsetup message mpatha 0 fail_path 8:0; sleep 8; log; dmsetup status
ask show paths
echo "--- a path is lost"; echo offline > /sys/block/sdb/device/state; sleep 8; log; dmsetup status
echo "--- told to end"; kill $p; sleep 5; kill -0 $p 2>/dev/null && echo "it does not"; log
kill -9 $p; wait 2>/dev/null; dmsetup ls

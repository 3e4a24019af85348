#udev
# fast_io_fail_tmo, dev_loss_tmo and eh_deadline, by section and protocol, on disks whose transport has none of them.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n%b}\n%b' "$1" "$2" > /etc/multipath.conf; }
eh() { cat /sys/class/scsi_host/host0/eh_deadline /sys/class/scsi_host/host1/eh_deadline; }
try() { echo "--- $1 $2"; conf "$1" "$2"; multipath -v2 > /tmp/o 2>&1; sed 's/^[0-9.]* | //' /tmp/o | grep -v '[|`]-\|Warning'; eh; udevadm settle; multipath -F 2>/dev/null; udevadm settle; sleep 1; }
eh
try ' eh_deadline 30\n'
try ' eh_deadline off\n'
try ' eh_deadline 0\n fast_io_fail_tmo 15\n dev_loss_tmo 60\n'
try ' fast_io_fail_tmo off\n dev_loss_tmo infinity\n no_path_retry queue\n'
try '' 'overrides {\n fast_io_fail_tmo 10\n protocol {\n  type "scsi:unspec"\n  fast_io_fail_tmo 20\n  eh_deadline 40\n }\n protocol {\n  type "scsi:fcp"\n  dev_loss_tmo 600\n  eh_deadline 50\n }\n}\n'
multipath -t 2>&1 | sed -n '/^overrides/,/^}/p'
try '' 'overrides {\n protocol {\n  type "scsi:nosuch"\n  nosuch 3\n }\n protocol {\n  fast_io_fail_tmo 3\n }\n}\n'
conf ' eh_deadline 25\n'; multipathd; sleep 4; udevadm settle; sleep 2; eh; conf ' eh_deadline off\n'; multipathd reconfigure; sleep 4; eh; multipathd show config | grep -E 'eh_deadline|_tmo' | head -n 4

#udev
# Overrides for protocols, and every time-out: which of them wins, and what the log says where the transport has none.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
w() { printf "defaults {\n user_friendly_names yes\n find_multipaths no\n fast_io_fail_tmo 10\n dev_loss_tmo 20\n eh_deadline 5\n}\n$1" > /etc/multipath.conf; }
t() { echo "--- $1"; multipath -v3 -r 2>&1 | sed 's/^[0-9.]* | //' | grep -E 'tmo|eh_deadline|timeouts' | sort -u; udevadm settle; }
w ''; t defaults
w 'overrides {\n dev_loss_tmo 30\n}\n'; t overrides
w 'overrides {\n dev_loss_tmo 30\n protocol {\n type "scsi:unspec"\n dev_loss_tmo 40\n fast_io_fail_tmo off\n eh_deadline 0\n }\n}\n'; t protocol
w 'overrides {\n protocol {\n type "scsi:fcp"\n dev_loss_tmo 40\n }\n}\n'; t 'other protocol'
w 'devices {\n device {\n vendor Linux\n product scsi_debug\n dev_loss_tmo 50\n eh_deadline off\n }\n}\noverrides {\n protocol {\n type "scsi:unspec"\n dev_loss_tmo 60\n }\n}\n'; t 'device and protocol'
w 'overrides {\n protocol {\n type nonsense\n dev_loss_tmo 60\n }\n protocol {\n dev_loss_tmo 70\n }\n}\n'; t 'no type'
multipath -t 2>/dev/null | sed -n '/^overrides/,/^}/p'
w 'overrides {\n protocol {\n type "scsi:unspec"\n no_path_retry 5\n alias x\n }\n}\n'; t 'wrong words'
w 'overrides {\n protocol {\n type "scsi:unspec"\n dev_loss_tmo infinity\n fast_io_fail_tmo 99\n }\n protocol {\n type "scsi:unspec"\n dev_loss_tmo 11\n }\n}\n'; t twice
multipath -t 2>/dev/null | sed -n '/^overrides/,/^}/p'

#udev
# A map that is made by hand while one of its paths is away: the daemon, which knows both, tries to load it with both, and gives up; the path comes back.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n no_path_retry queue\n log_checker_err once\n}\n' > /etc/multipath.conf
multipathd -d -v2 >> /tmp/log 2>&1 &
sleep 3; udevadm settle; sleep 3
log() { udevadm settle; sleep 1; sed "s/^[0-9.]* | //" /tmp/log | grep -v unsupp; : > /tmp/log; }
see() { echo "--- $1"; log; dmsetup table; multipathd show paths format "%d %t %T %o %m"; multipathd show maps; }
echo offline > /sys/block/sda/device/state; sleep 3; see "sda is away"
multipath -f mpatha; sleep 4; see flushed
multipath mpatha 2>&1 | sed 's,^[0-9.]* | ,,'; sleep 9; see "made by hand"
multipathd show status
echo running > /sys/block/sda/device/state; sleep 5; see "sda is back"
multipathd add map mpatha; sleep 3; see "add map"
multipathd reconfigure; sleep 4; see reconfigured

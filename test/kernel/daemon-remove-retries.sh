#udev
# remove_retries and -R: a map that is open is tried again; queueing over it.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n remove_retries %s\n no_path_retry queue\n}\n' $1 > /etc/multipath.conf; }
hold() { sleep $1 < /dev/mapper/mpatha & sleep 1; }
t() { echo "> $*"; local a=$(cut -d. -f1 /proc/uptime); "$@" 2>&1 | sed 's/^[0-9.]* | //'; echo "rc=${PIPESTATUS[0]} after $(( ($(cut -d. -f1 /proc/uptime) - a + 1) / 3 * 3 )) s"; wait; dmsetup table; multipath >/dev/null 2>&1; udevadm settle; sleep 2; udevadm settle; }
conf 0; multipath >/dev/null 2>&1; udevadm settle; sleep 2; udevadm settle
hold 3; t multipath -f mpatha
hold 3; t multipath -R 7 -f mpatha
hold 8; t multipath -R 2 -f mpatha
hold 3; t multipath -R 7 -F
conf 7; hold 3; t multipath -f mpatha
hold 3; t multipath -R 0 -f mpatha
multipathd; sleep 5; udevadm settle; sleep 3
hold 3; multipathd del map mpatha; wait; dmsetup ls; multipathd reconfigure; sleep 5; udevadm settle
hold 4; multipath -f mpatha 2>&1 | sed 's/^[0-9.]* | //'; wait; dmsetup ls

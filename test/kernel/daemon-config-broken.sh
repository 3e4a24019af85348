#udev
# A configuration that can't be read: the daemon keeps the old one, clients refuse to work, a new daemon does not start. No file at all.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
good() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n no_path_retry 5\n}\n' > /etc/multipath.conf; }
good
multipathd
sleep 3; udevadm settle; sleep 3
c() { echo "> $*"; multipathd "$@" 2>&1 | sed 's/^[0-9.]* | //'; echo "rc=${PIPESTATUS[0]}"; }
printf 'blacklist {\n devnode "["\n}\n' > /etc/multipath.conf
c show maps
c reconfigure
multipath -ll 2>&1 | sed 's/^[0-9.]* | //'
good
c show maps format "%n %Q"
rm /etc/multipath.conf; c reconfigure; sleep 4; c show maps format "%n %Q"
good; c reconfigure; sleep 4; c show maps format "%n %Q"
c shutdown; sleep 2
printf 'blacklist {\n devnode "["\n}\n' > /etc/multipath.conf
multipathd -d 2>&1 | sed 's/^[0-9.]* | //'; echo "rc=${PIPESTATUS[0]}"

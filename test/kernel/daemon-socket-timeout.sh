#udev
# Who waits for the daemon while it can't answer: force_sync and a check that hangs; uxsock_timeout; what is answered nevertheless.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
mkdir -p /sys/kernel/debug; busybox mount -t debugfs debugfs /sys/kernel/debug
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n checker_timeout 8\n force_sync %s\n uxsock_timeout %s\n}\n' $1 $2 > /etc/multipath.conf; }
conf yes 2000
multipathd
sleep 3; udevadm settle; sleep 3
c() { echo "> $*: $(multipathd "$@" 2>/tmp/err) rc=$?"; sed 's/^[0-9.]* | //' /tmp/err; }
sleep 3; echo '0 1 0' > /sys/kernel/debug/scsi_debug/0:0:0:0/error; sleep 3
c show maps; multipathd show daemon 2>/dev/null | cut -d' ' -f3; c reconfigure; c list wildcards | head -n 2
sleep 8; echo "--- later"; c show paths format '%d %T'
echo '- 0 0' > /sys/kernel/debug/scsi_debug/0:0:0:0/error; sleep 12; c show paths format '%d %T'
echo "--- asynchronous"; conf no 2000; multipathd reconfigure 2>/dev/null; sleep 4
echo '0 1 0' > /sys/kernel/debug/scsi_debug/0:0:0:0/error; sleep 3; c show paths format '%d %T'; c show maps

#udev
# udev does not answer: a new map that waits for it, what is refused meanwhile, time-outs; a path without properties, asked for again and given up.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n missing_uev_wait_timeout 12\n retrigger_tries 2\n retrigger_delay 3\n no_path_retry queue\n}\n' > /etc/multipath.conf
log() { sed 's/^[0-9.]* | //' /tmp/log | grep -v 'unusable path\|checker is disabled\|path is up\|reinstated\|remaining active'; : > /tmp/log; }
c() { echo "> $*: $(multipathd "$@")"; }
udevadm control --stop-exec-queue; echo "rc=$?"
multipathd -d >> /tmp/log 2>&1 &
sleep 4; log; c show maps; c show paths format '%d %I %t %T'
c reload map mpatha; c resize map mpatha; c suspend map mpatha; c setmarginal path sda; c reset map mpatha; c reconfigure; c fail path sda; c del path sdb; sleep 1; log; dmsetup table
sleep 12; echo "--- timed out"; log; dmsetup table; c show paths format '%d %I %t %T'
udevadm control --start-exec-queue; sleep 2; udevadm settle; sleep 3; echo "--- udev answers"; log; c show paths format '%d %I %t %T'
udevadm control --stop-exec-queue
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 2
c add path sdc; sleep 4; log; c show paths format '%d %I %t %T'
sleep 9; echo "--- later"; log; c show paths format '%d %I %t %T'
udevadm control --start-exec-queue; sleep 2; udevadm settle; sleep 9; echo "--- udev answers"; log; c show paths format '%d %I %t %T'
multipathd shutdown; wait

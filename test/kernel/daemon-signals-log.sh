#udev
# What a daemon in the foreground logs of signals, and how it ends.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n}\n' > /etc/multipath.conf
log() { sed 's/^[0-9.]* | //' /tmp/log; : > /tmp/log; }
start() { multipathd -d -v2 >> /tmp/log 2>&1 & D=$!; sleep 3; udevadm settle; sleep 3; : > /tmp/log; }
ended() { wait $D; echo "status $?"; log; ls /run/multipathd.pid 2>&1; }
start; [ "$(cat /run/multipathd.pid)" = $D ] && echo "its own pid"
for s in HUP USR1 USR2; do echo "--- $s"; kill -$s $D; sleep 4; log; done
echo "--- second"; multipathd -d 2>&1 | sed "s/^[0-9.]* | //"
echo "--- INT"; kill -INT $D; sleep 3; ended
start
echo "--- TERM"; kill -TERM $D; sleep 3; ended
start
echo "--- PIPE"; kill -PIPE $D; sleep 3; kill -0 $D 2>/dev/null; echo "rc=$?"; multipathd show daemon | sed "s/$D/PID/"; sleep 2; kill -KILL $D 2>/dev/null; ended 2>/dev/null
start
echo "--- QUIT, KILL"; kill -QUIT $D; sleep 2; kill -KILL $D; ended 2>/dev/null
start
echo "--- shutdown"; multipathd shutdown; sleep 2; ended

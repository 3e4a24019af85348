#udev
# The daemon as a process: its pid file, its threads' names and states; what each signal does to it; the next one takes over.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n}\n' > /etc/multipath.conf
multipathd show daemon; echo "rc=$?"
multipathd show maps; echo "rc=$?"
ls /run/multipathd.pid
multipathd
sleep 3; udevadm settle; sleep 3
pidfile() { ls /run/multipathd.pid 2>&1; [ -e /run/multipathd.pid ] && { wc -l < /run/multipathd.pid; P=$(cat /run/multipathd.pid); }; }
pidfile
stat -c '%a %U' /run/multipathd.pid
cat /proc/$P/comm
ls /proc/$P/task | wc -l
cat /proc/$P/task/*/comm | sort | uniq -c
grep -E '^(Name|State|Threads|PPid)' /proc/$P/status
cut -d' ' -f2,3 /proc/$P/stat
for t in /proc/$P/task/*; do cut -d' ' -f2,3 $t/stat; done | sort | uniq -c
tr '\0' ' ' < /proc/$P/cmdline; echo
daemons() { cat /proc/[0-9]*/comm 2>/dev/null | grep -c "^multipathd$"; }; daemons
[ "$(multipathd show daemon | cut -d' ' -f2)" = $P ] && echo "same as it says"
echo "--- a second one"; multipathd; echo "rc=$?"; sleep 2; [ "$(cat /run/multipathd.pid)" = $P ] && echo "the first one's"; daemons
echo "--- HUP"; printf 'defaults {\n user_friendly_names no\n find_multipaths no\n polling_interval 1\n}\n' > /etc/multipath.conf
kill -HUP $P; sleep 4; multipathd show maps
echo "--- USR1, USR2"; kill -USR1 $P; sleep 1; kill -USR2 $P; sleep 1; multipathd show daemon | sed "s/$P/PID/"
echo "--- TERM"; kill -TERM $P; sleep 3; pidfile; kill -0 $P 2>/dev/null; echo "rc=$?"; multipathd show maps; echo "rc=$?"; dmsetup ls
echo "--- KILL"; multipathd; sleep 6; pidfile; kill -KILL $P; sleep 2; pidfile; multipathd show maps; echo "rc=$?"
echo "--- the next"; multipathd; sleep 6; O=$P; pidfile; [ $O = $P ] || echo "another pid"; multipathd show maps
echo "--- shutdown"; multipathd shutdown; sleep 3; pidfile
echo "--- two, when the file of the first has gone"; multipathd; sleep 6; P=$(cat /run/multipathd.pid); rm /run/multipathd.pid
multipathd -d > /tmp/log 2>&1; echo "rc=$?"; sed 's/^[0-9.]* | //' /tmp/log; daemons; pidfile; multipathd shutdown; sleep 3; daemons; pidfile

#udev
# Checkers and prioritizers that are not there: the paths are never checked, or have no priority; a checker whose name begins with none is none.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
c() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 2\n max_polling_interval 2\n detect_checker no\n detect_prio no\n%b}\n' "$1" > /etc/multipath.conf; }
c ''
multipathd -d >> /tmp/log 2>&1 &
sleep 3; udevadm settle; sleep 3
s() { echo "--- $1"; multipathd show paths format "%d %c %T %t %p %I"; multipathd show map mpatha topology | sed 1,2d; multipathd show status; }
r() { multipathd reconfigure; sleep 4; udevadm settle; sleep 3; s "$1"; }
c ' path_checker nonsense\n'; r nonsense
c ' path_checker nonetheless\n'; r "nonetheless, which begins with none"
c ' path_checker none\n'; r none
c ' path_checker TUR\n'; r "TUR in capitals"
c ' path_checker tur\n prio nonsense\n'; r "prio nonsense"
c ' path_checker tur\n prio ALUA\n'; r "ALUA in capitals"
c ' path_checker tur\n'; r "tur and const"
multipathd shutdown; wait
c ' path_checker nonsense\n'; multipath -v2 2>&1 | sed 's/^[0-9.]* | /T | /'; multipath -ll 2>&1 | sed 's/^[0-9.]* | /T | /'

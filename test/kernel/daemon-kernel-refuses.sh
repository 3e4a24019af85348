#udev
# What the log has when the kernel refuses: no map of that name, a suspended one, one that is in use.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n}\n' > /etc/multipath.conf
multipathd -d >> /tmp/log 2>&1 &
sleep 4; udevadm settle; sleep 6
log() { echo "--- $1"; sed 's/^[0-9.]* | //' /tmp/log | grep -v 'reports path is up\|reinstated$\|remaining active' | uniq; : > /tmp/log; }
log start
c() { echo "> $*"; multipathd "$@"; echo "rc=$?"; }
c switchgroup map nosuch group 1
c switchgroup map mpatha group 9
c del map nosuch
c add map nosuch
c suspend map nosuch
log "no such map"
dmsetup suspend mpatha; sleep 1
c fail path sda
c reinstate path sda
c switchgroup map mpatha group 2
log "suspended"
dmsetup resume mpatha; sleep 2; log resumed
sleep 30 < /dev/mapper/mpatha &
sleep 1
c del map mpatha
multipath -f mpatha 2>&1 | sed 's/^[0-9.]* | //'
log "in use"
kill $!; wait $! 2>/dev/null; sleep 1
c del map mpatha
sleep 2; log "removed"
multipath -f mpatha 2>&1 | sed 's/^[0-9.]* | //'
multipathd shutdown; wait %1 2>/dev/null

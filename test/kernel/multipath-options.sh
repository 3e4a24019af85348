#udev
# Options of multipath, and of multipathd as a client without a daemon: levels, devices by every name, wrong ones.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n}\n' > /etc/multipath.conf
t() { echo "> $*"; "$@" > /tmp/o 2>&1; echo "rc=$?"; sed 's/^[0-9.]* | //' /tmp/o | head -n ${N:-6}; }
t multipathd -x; t multipathd -v; t multipathd -vx show maps; t multipathd --help; t multipathd show maps
t multipath -x; t multipath -v; t multipath -vx; t multipath -p; t multipath -p nosuch; t multipath -M; t multipath -R; t multipath -b; t multipath -h; t multipath --list; t multipath a b
t multipath -M 3 -d; t multipath -v0 -d; t multipath -v1 -d; t multipath -v2 -d /dev/sda; t multipath -d 8:16; t multipath -d 1Linux_scsi_debug_2000; t multipath -d nosuch; t multipath -d /dev/nosuch; t multipath -c; t multipath -c mpatha; t multipath -w; t multipath -a; t multipath -f; t multipath -f /dev/sda
t multipath -v1; udevadm settle; sleep 1; t multipath -v0 -ll; t multipath -v1 -ll; t multipath -v1 -l; t multipath -e -ll; t multipath -ll nosuch; t multipath -l -ll -v2; t multipath -v1 -F; udevadm settle

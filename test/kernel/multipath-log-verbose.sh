#udev
# What multipath says at verbosity 3, whatever it is asked to do.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n}\n' > /etc/multipath.conf
c() { echo "> multipath $*"; multipath "$@" 2>&1 | sed 's/^[0-9.]* | //'; echo "rc=${PIPESTATUS[0]}"; }
c -v3 -d
c -v3; sleep 2; udevadm settle
c -v3
c -v3 -ll
c -v3 -l
c -v3 -r; sleep 2; udevadm settle
c -v3 -ll mpatha
c -v3 -c /dev/sda
c -v3 -u sda
c -v3 -C mpatha
c -v3 -a /dev/sda
c -v3 -w /dev/sda
c -v3 -W
c -v3 -f mpatha
c -v3 -f mpatha
c -v3 -F
c -v3 -t | head -n 20

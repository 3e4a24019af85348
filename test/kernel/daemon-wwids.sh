#udev
# multipath -c, -a, -w, -W, -u with the daemon running, in each mode of find_multipaths but smart.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths %s\n polling_interval 1\n}\n' $1 > /etc/multipath.conf; }
conf yes
multipathd
sleep 3; udevadm settle; sleep 3
m() { echo "> multipath $*"; multipath "$@" 2>&1 | sed 's/^[0-9.]* | //'; echo "rc=${PIPESTATUS[0]}"; }
multipathd show maps
for mode in yes no greedy strict; do conf $mode; multipathd reconfigure > /dev/null; sleep 4; echo "--- $mode"; m -c /dev/sda; m -u sda; done
m -w /dev/sda; grep -v '^# ' /etc/multipath/wwids
for mode in yes no greedy strict; do conf $mode; echo "--- $mode, unknown"; m -c /dev/sda; done
m -a /dev/sda; m -W; grep -v '^# ' /etc/multipath/wwids
m -c /dev/nosuch; m -w nosuch; m -a 1Linux_nosuch

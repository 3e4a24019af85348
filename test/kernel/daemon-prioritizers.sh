#udev
# prio const, alua, weightedpath by each of its regular expressions, an unknown name: the priority of each path.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
for n in 2 3 4; do echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle; done
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n detect_prio no\n path_grouping_policy group_by_prio\n prio %s\n%b}\n' "$1" "$2" > /etc/multipath.conf; }
conf const
multipathd; sleep 8
try() { conf "$1" "$2"; echo "--- $1 $2"; multipathd reconfigure 2>/dev/null; sleep 4; multipathd show paths format "%d %p" 2>/dev/null; dmsetup table; }
try const
try alua
try alua ' prio_args "exclusive_pref_bit"\n'
try weightedpath ' prio_args "devname sda 7 sd[bc] 9 sd. 3"\n'
try weightedpath ' prio_args "hbtl [01]:.:.:. 5 .:0:0:0 2"\n'
try weightedpath ' prio_args "devname sda 7"\n'
try weightedpath ' prio_args "serial 2000 4"\n'
try weightedpath ' prio_args "nonsense x 4"\n'
try weightedpath
try nonesuch
try sysfs

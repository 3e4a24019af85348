#udev
# Prioritizers with arguments that are wrong: weightedpath, alua, path_latency, random, sysfs; group_by_prio of what results.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
w() { printf "defaults {\n user_friendly_names yes\n find_multipaths no\n detect_prio no\n path_grouping_policy group_by_prio\n$1}\n" > /etc/multipath.conf; }
t() { echo "--- $1"; multipath -v2 -r 2>&1 | sed 's/^[0-9.]* | //' | grep -v -E '^[|\`]|^size|reload|^create'; udevadm settle; multipath -ll 2>/dev/null | grep -E 'prio|sd'; }
w ' prio weightedpath\n'; t 'no args'
w ' prio weightedpath\n prio_args "hbtl"\n'; t 'half'
w ' prio weightedpath\n prio_args "hbtl 0:.:.:. x 1:.:.:. 7"\n'; t 'letters'
w ' prio weightedpath\n prio_args "hbtl 0:.:.:. 5 1:.:.:."\n'; t 'odd'
w ' prio weightedpath\n prio_args "devname [sd 5"\n'; t 'bad regex'
w ' prio weightedpath\n prio_args "serial 2000 5"\n'; t serial
w ' prio weightedpath\n prio_args "wwn 0x5 5"\n'; t wwn
w ' prio weightedpath\n prio_args "nonsense sda 5"\n'; t nonsense
w ' prio weightedpath\n prio_args "hbtl 0:.* 300 1:.* -5 2:.* 0"\n'; t numbers
w ' prio alua\n prio_args "nonsense"\n'; t 'alua'
w ' prio sysfs\n prio_args "exclusive_pref_bit"\n'; t sysfs
w ' prio const\n prio_args "5"\n'; t const
w ' prio datacore\n prio_args "timeout=1000 preferredsds=foo"\n'; t datacore
w ' prio ana\n'; t ana
w ' prio "alua exclusive_pref_bit"\n'; t 'args in prio'

#udev
# Prioritizers that ask arrays of one vendor, on a disk that is none: what they say, what priority is left.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
for p in 'datacore' 'datacore timeout=1000 preferredsds=foo' 'datacore timeout=1 preferredsds=foo' 'iet' 'emc' 'hds' 'ontap' 'rdac' 'hp_sw' 'ana' 'none' 'random2'; do
  set -- $p; n=$1; shift
  echo "--- $n $*"
  printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n detect_prio no\n prio %s\n prio_args "%s"\n path_grouping_policy group_by_prio\n}\n' $n "$*" > /etc/multipath.conf
  multipath -v2 > /tmp/o 2>&1; echo "rc=$?"; sed 's/^[0-9.]* | //' /tmp/o
  udevadm settle; multipath -ll 2>&1 | sed 's/^[0-9.]* | //'
  multipath -F 2>&1 | sed 's/^[0-9.]* | //'; udevadm settle; sleep 1
done

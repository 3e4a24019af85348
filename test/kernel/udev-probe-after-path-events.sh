#udev
# Reads after events of paths: a path is failed and reinstated by message, two paths in a group, no daemon.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
st() { echo "-- $1"; for d in sda sdb sdc dm-0; do [ -e /sys/block/$d/stat ] && { read -r a b c d2 e f g h < /sys/block/$d/stat; echo "$d reads=$a sectors=$c"; }; done; dmsetup status mpatha; }
p=multibus
printf "defaults {\n user_friendly_names yes\n find_multipaths no\n path_grouping_policy $p\n path_selector \"round-robin 0\"\n}\n" > /etc/multipath.conf
echo "== $p"
multipath -v0; udevadm settle; sleep 1; st made
dmsetup message mpatha 0 "fail_path 8:0"; udevadm settle; sleep 1; st 'fail sda'
dmsetup message mpatha 0 "reinstate_path 8:0"; udevadm settle; sleep 1; st 'reinstate sda'
dmsetup message mpatha 0 "fail_path 8:16"; udevadm settle; sleep 1; st 'fail sdb'
dmsetup message mpatha 0 "reinstate_path 8:16"; udevadm settle; sleep 1; st 'reinstate sdb'
dmsetup message mpatha 0 "fail_path 8:0"; dmsetup message mpatha 0 "fail_path 8:16"; udevadm settle; sleep 1; st 'fail both'
dmsetup message mpatha 0 "reinstate_path 8:16"; udevadm settle; sleep 1; st 'reinstate sdb'
dmsetup message mpatha 0 "reinstate_path 8:0"; udevadm settle; sleep 1; st 'reinstate sda'

#udev
# multipath -C and -U: whether a map has a path that I/O can use.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n no_path_retry queue\n}\n' > /etc/multipath.conf
multipath >/dev/null 2>&1; udevadm settle; sleep 2
c() { echo "> $*"; multipath "$@" 2>&1 | sed 's/^[0-9.]* | //'; multipath "$@" >/dev/null 2>&1; echo "rc=$?"; }
all() { echo "--- $1"; c -C /dev/dm-0; }
all "good"; c -C mpatha; c -C /dev/mapper/mpatha; c -C 254:0; c -C 1Linux_scsi_debug_2000
c -C /dev/sda; c -C; c -C nosuch; c -C /dev/nosuch
dmsetup create lin --table "0 8 linear 254:0 0"; udevadm settle; c -C /dev/dm-1; dmsetup remove lin; udevadm settle
echo offline > /sys/block/sda/device/state; all "one offline"
echo offline > /sys/block/sdb/device/state; all "both offline"
echo running > /sys/block/sda/device/state; echo running > /sys/block/sdb/device/state
dmsetup message mpatha 0 fail_path 8:0; dmsetup message mpatha 0 fail_path 8:16; all "both failed by hand"
dmsetup message mpatha 0 reinstate_path 8:0; all "one reinstated"
echo "--- -U"; c -U /dev/dm-0; c -U dm-0; c -U mpatha; DM_NAME=mpatha multipath -U dm-0; echo "rc=$?"
export DEVPATH=/devices/virtual/block/dm-0 SUBSYSTEM=block ACTION=change SEQNUM=1 MAJOR=254 MINOR=0 DEVNAME=/dev/dm-0; multipath -U; echo "rc=$?"; multipath -U nosuch; echo "rc=$?"
dmsetup message mpatha 0 fail_path 8:0; multipath -U; echo "rc=$?"; DEVPATH=/devices/virtual/block/dm-7 multipath -U; echo "rc=$?"

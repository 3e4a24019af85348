#udev #fs
# What multipath logs at -v3 of a table that the kernel refuses: a path is mounted, a device has the name or the UUID, paths have other sizes.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n}\n' > /etc/multipath.conf
m() { echo "--- $*"; multipath "$@" 2>&1 | sed 's/^[0-9.]* | //' | grep -E 'mpath|lin|libdm|device-mapper|map|domap|Busy|busy' | grep -vE '^(sd|loading|Discover|checking|alua|tur|const|mpatha: (failback|path_|rr_|features|no_path|user|minio|fast|dev_loss|retain|delay|deferred|san|marginal|skip|max_sec|ghost|flush|hardware|prio|alias|uid|gid|mode|reserv|queue))'; echo "rc=${PIPESTATUS[0]}"; udevadm settle; dmsetup table; }
mkfs.ext4 -q /dev/sda; mount /dev/sda /mnt; udevadm settle
m -v3
umount /mnt; udevadm settle
dmsetup create mpatha --notable; udevadm settle
m -v3
dmsetup remove mpatha; udevadm settle
dmsetup create other -u mpath-1Linux_scsi_debug_2000 --notable; udevadm settle
m -v3
dmsetup remove other 2>/dev/null; udevadm settle
multipath -F > /dev/null 2>&1; udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/virtual_gb; echo 1 > /sys/block/sda/device/rescan; sleep 1; udevadm settle
m -v3
echo 1 > /sys/block/sdb/device/rescan; sleep 1; udevadm settle
m -v3
dmsetup create lin --table "0 8 linear /dev/sda 0" 2>&1; echo 0 > /sys/bus/pseudo/drivers/scsi_debug/virtual_gb; echo 1 > /sys/block/sda/device/rescan; sleep 1; udevadm settle
m -v3 -r
m -v3 -F

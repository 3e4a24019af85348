#udev
# A volume is unmapped, and another one mapped under its LUN. The old disk is still there and leads to the new volume; so does the old map.
# The story: volumes were detached from a host without deleting their disks, and the array gave the free LUN to the next volume. To the
# host nothing had happened but a path that was down for a while: the checker saw it answer again, reinstated it, and whoever
# still had the old map wrote into somebody else's volume.
# Source: https://github.com/kubernetes/kubernetes/issues/59946, https://github.com/NetApp/trident/issues/101
# Look at: what volume B holds after a write to the map of volume A; what the daemon calls the disk meanwhile; and the same with
# recheck_wwid. Better still is to delete the disks before a LUN is given away. dmsim finds the write in the wrong volume: its exit
# status is 123.
# Linux has no such array to test with: simctl array puts another unit behind the disk.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=1 vpd_use_hostno=1 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n no_path_retry queue\n recheck_wwid %s\n}\n' $1 > /etc/multipath.conf; }
conf no
multipathd
sleep 3; udevadm settle; sleep 3
put() { printf %-512s "$2" | dd of=/dev/mapper/$1 bs=512 conv=nocreat,notrunc oflag=direct status=none 2>/dev/null && echo "written to $1: $2" || echo "a write to $1 FAILED"; }
get() { dd if=/dev/$1 bs=512 count=1 iflag=direct status=none 2>/dev/null | tr -s ' '; echo; }
show() { echo "-- $1"; multipathd show paths format "%d %w %T %m"; }
#: mpatha is volume A, over sda; mpathb is volume B, over sdb, and belongs to somebody else.
put mpatha "data of A"; put mpathb "data of B"
show "two volumes"
#: A is unmapped: its disk does not answer. Nobody deletes it.
echo offline > /sys/block/sda/device/state; sleep 4
#: B is mapped under the LUN that A had.
simctl array remap sda sdb; echo running > /sys/block/sda/device/state; sleep 4
show "B is behind the LUN of A"
put mpatha "more data of A"
echo "volume B holds: $(get sdb)"
#: The remedy: with recheck_wwid it asks a path that comes back for its name. The path goes to the map that it belongs to.
put mpathb "data of B"
conf yes; multipathd reconfigure > /dev/null; sleep 3
echo offline > /sys/block/sda/device/state; sleep 3; echo running > /sys/block/sda/device/state; sleep 6; udevadm settle; sleep 2
show "with recheck_wwid yes, sda was away again"
put mpatha "more data of A"
echo "volume B holds: $(get sdb)"

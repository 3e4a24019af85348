#udev
# Devices that stand on a path are moved onto the map: reset map, and reassign_maps.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n reassign_maps %s\n}\n' $1 > /etc/multipath.conf; }
show() { echo "$1:"; dmsetup table | sort; dmsetup info -c --noheadings -o name,attr,open | sort; }
conf no
S=$(blockdev --getsz /dev/sda)
dmsetup create one --table "0 2048 linear 8:0 0"; dmsetup create two --table "0 2048 linear 8:16 2048
2048 2048 linear 8:0 4096"; dmsetup create zero --table "0 8 zero"; udevadm settle
multipathd
sleep 3; udevadm settle; sleep 3; udevadm settle; show "daemon runs"
multipathd reset map mpatha; sleep 2; udevadm settle; show "reset map"
multipathd reset map nosuch; multipathd reset multipath mpatha; multipathd reset map
for m in one two; do dmsetup remove $m; done; udevadm settle
dmsetup create one --table "0 2048 linear 8:0 0"; dmsetup create two --table "0 2048 linear 8:16 2048
2048 2048 linear 8:0 4096"; udevadm settle
conf yes; multipathd reconfigure; sleep 4; udevadm settle; show "reassign_maps yes"
for m in one two; do dmsetup remove $m; done; udevadm settle; dmsetup create one --table "0 2048 striped 2 8 8:0 0 8:16 0"; udevadm settle
dmsetup message mpatha 0 fail_path 8:0; sleep 3; udevadm settle; show "an event of the map"
echo change > /sys/block/dm-0/uevent; sleep 2; multipathd show maps; dmsetup ls | sort; echo change > /sys/block/$(dmsetup info -c --noheadings -o blkdevname mpatha)/uevent; sleep 2; udevadm settle; show "change"

#udev
# multipathd takes a disk that has one path and is somebody else's.
# The story: volumes could not be mounted or formatted: multipathd had put a map over each disk, and the disk was busy.
# Source: https://github.com/longhorn/longhorn/issues/1210
# Look at: whether the disk can be had under each find_multipaths, and under a blacklist.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths %s\n polling_interval 1\n}\n%b' "$1" "$2" > /etc/multipath.conf; }
look() { echo "$1: maps: $(multipathd show maps raw format %n | tr '\n' ' ') udev says $(udevadm info --query=property --name=sda | grep -E '^DM_MULTIPATH_DEVICE_PATH')"; }
reconfigure() { multipathd reconfigure > /dev/null; sleep 5; udevadm settle; sleep 3; }
conf strict
multipathd
sleep 3; udevadm settle; sleep 3
look "strict"
#: greedy and no take every disk.
conf no; reconfigure; look "no"
#: Too late: the disk is known now, and even strict keeps it.
conf strict; reconfigure; look "strict, once it is known"
#: The remedy: a blacklist. The map goes; udev learns of it with the disk's next event.
conf no 'blacklist {\n device {\n  vendor Linux\n }\n}\n'; reconfigure; look "blacklisted"
echo change > /sys/block/sda/uevent; sleep 1; udevadm settle; look "after an event"

#udev
# Properties in udev's own order: of a disk before multipath claims it and after, of a map of multipath's, and of any other.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
p() { echo "--- $1"; udevadm info -q property -n $1 | grep -v -e DEVLINKS -e USEC; }
p sda
printf "defaults {\n user_friendly_names yes\n find_multipaths no\n}\n" > /etc/multipath.conf
multipath -v0; udevadm settle; sleep 1; p sda; p dm-0
dmsetup message mpatha 0 "fail_path 8:0"; udevadm settle; sleep 1; p dm-0
udevadm trigger -s block; udevadm settle; sleep 1; p sdb; p dm-0
dmsetup create plain --table '0 8 zero'; udevadm settle; p dm-1
dmsetup create ident --uuid TEST-abc --table '0 8 zero'; udevadm settle; p dm-2
udevadm info -n dm-1 | grep -v USEC

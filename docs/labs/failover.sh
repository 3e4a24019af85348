#udev
# multipathd makes a map of two paths of one disk, keeps I/O going while one of them is lost, and takes it back.
#: Two disks that are one: each is a path to the same logical unit, on a host of its own.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
cat > /etc/multipath.conf <<EOF
defaults {
    user_friendly_names yes
    find_multipaths no
    polling_interval 1
    no_path_retry queue
}
EOF
multipathd
sleep 3; udevadm settle; sleep 3
show() { echo "-- $1"; multipath -ll mpatha | grep sd; }
write() { dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=1 oflag=direct status=none && echo "write $1 completed" || echo "write $1 FAILED"; }
multipath -ll
#: The kernel finds out first: the write fails on sda and is tried again on sdb. The daemon's checker agrees a second later.
write 1
echo offline > /sys/block/sda/device/state
write 2
sleep 4
show "sda is offline"
#: The checker finds the path usable again and tells the kernel.
echo running > /sys/block/sda/device/state
sleep 4
show "sda is back"
write 3
multipathd show maps stats

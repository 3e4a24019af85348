#udev
# What replug.sh does by hand, multipathd does by itself: every path is lost under I/O and one disk comes back under another name.
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
write() { dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 seek=$1 count=1 oflag=direct status=none 2>/dev/null && echo "write completed" || echo "write FAILED"; }
write 0
dmsetup table mpatha
echo "-- sda goes offline, sdb is unplugged"
echo offline > /sys/block/sda/device/state
echo 1 > /sys/block/sdb/device/delete
#: The writes wait in the target, and the daemon has taken sdb out of the table.
write 1 & write 2 & write 3 &
sleep 4
dmsetup table mpatha
multipathd show maps format "%n %Q %N"
#: The disk comes back. udev tells the daemon, which finds whose it is by its WWID and loads a table that names it.
echo "-- sdb's disk is plugged in again"
for h in /sys/class/scsi_host/host*; do echo "- - -" > $h/scan; done
sleep 4; udevadm settle; sleep 2
wait
multipath -ll mpatha | grep -o 'sd[a-z].*'
dmsetup table mpatha

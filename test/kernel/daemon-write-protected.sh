#udev
# A disk becomes read-only, then writable again: its map follows.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n no_path_retry queue\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
show() { echo "$1:"; multipathd show maps format "%n %r %t"; multipath -ll | grep size; dmsetup info -c --noheadings -o name,attr; cat /sys/block/dm-0/ro; }
show "at first"
echo 1 > /sys/module/scsi_debug/parameters/wp
for d in sda sdb; do echo 1 > /sys/block/$d/device/rescan; done; sleep 4; show "write-protected"
cat /sys/block/sda/ro /sys/block/sdb/ro
dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=1 oflag=direct 2>&1 | head -n 1
echo 0 > /sys/module/scsi_debug/parameters/wp
for d in sda sdb; do echo 1 > /sys/block/$d/device/rescan; done; sleep 4; show "writable"
multipathd reconfigure all; sleep 4; show "reconfigured"

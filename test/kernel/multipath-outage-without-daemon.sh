#udev
# multipath without the daemon: queueing ends with the program unless -q; failed paths come back with the next run; -r with every path offline.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n no_path_retry queue\n}\n' > /etc/multipath.conf
m() { echo "> multipath $*"; multipath "$@" 2>/dev/null; echo "rc=$?"; }
write() { dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=1 oflag=direct 2>/dev/null; echo "write rc=$?"; }
m; udevadm settle; sleep 1; dmsetup table
m -r -q; udevadm settle; sleep 1; dmsetup table
m -r; udevadm settle; sleep 1; dmsetup table
write
for d in sda sdb; do echo offline > /sys/block/$d/device/state; done
write; dmsetup status
m -ll; m -l
echo running > /sys/block/sda/device/state
write; m; write; dmsetup status
echo offline > /sys/block/sda/device/state
m -r; udevadm settle; sleep 1; dmsetup table
for d in sda sdb; do echo running > /sys/block/$d/device/state; done
m; udevadm settle; sleep 1; dmsetup table; write
m -p sideways; m -r -p multibus; udevadm settle; sleep 1; dmsetup table
m -F; dmsetup ls

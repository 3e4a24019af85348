#udev
# Both paths of a map are gone for half a minute under a writer. $conf is the multipath.conf that the daemon reads.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host
sleep 1
udevadm settle
cp $conf /etc/multipath.conf
multipathd
sleep 6
for disk in sda sdb; do simctl flap $disk 30s 1s 1; done
sleep 1
from=$(simctl time)
failed=0
dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=1 oflag=direct status=none 2>/dev/null || failed=1
simctl measure failed $failed
simctl measure blocked $(awk "BEGIN { print $(simctl time) - $from }")

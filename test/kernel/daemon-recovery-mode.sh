#udev
# no_path_retry 8: an outage that ends in time, one that a path interrupts, the timer's two states in the listing, statistics.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n no_path_retry 8\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
both() { for d in sda sdb; do echo $1 > /sys/block/$d/device/state; done; }
show() { echo "$1: $(multipathd show maps raw format '%n %Q %N %x %4' | sed 's/[0-9]* sec/N sec/')"; dmsetup table | cut -d' ' -f4-6; }
write() { dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=1 oflag=direct 2>/dev/null; echo "write rc=$?"; }
show "at first"
both offline; sleep 4; show "both lost"
write & sleep 1
both running; wait; sleep 3; show "back in time"
both offline; sleep 4; echo running > /sys/block/sdb/device/state; sleep 3; show "one path came"
echo offline > /sys/block/sdb/device/state; sleep 5; show "and went"
sleep 9; show "time is over"
write; both running; sleep 3; show "back too late"; write

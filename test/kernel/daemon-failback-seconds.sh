#udev
# failback 8: the better path must be back for that long; an outage in between starts the count anew.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n detect_prio no\n prio alua\n path_grouping_policy group_by_prio\n failback 8\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
write() { dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=1 oflag=direct 2>/dev/null; echo "write rc=$?"; }
show() { echo "$1:"; dmsetup status; multipathd show maps raw format "%n %1" ; multipathd show maps raw format "%F" | sed 's/.*[X.].*/counting/'; }
write; show "at first"
echo offline > /sys/block/sda/device/state; write; sleep 3; show "sda offline"
echo running > /sys/block/sda/device/state; sleep 4; show "back"
echo offline > /sys/block/sda/device/state; sleep 3; echo running > /sys/block/sda/device/state; sleep 4; write; show "away and back once more"
sleep 14; write; show "after the time"

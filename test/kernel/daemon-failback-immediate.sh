#udev
# failback immediate: I/O goes back to the better group as soon as its path is, and a switch by hand is undone.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n detect_prio no\n prio alua\n path_grouping_policy group_by_prio\n failback immediate\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
write() { dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=1 oflag=direct 2>/dev/null; echo "write rc=$?"; }
show() { dmsetup table; dmsetup status; multipathd show maps format "%n %F %1 %2"; }
write; show
echo "--- the better path is lost"; echo offline > /sys/block/sda/device/state; write; sleep 4; show
echo "--- and returns"; echo running > /sys/block/sda/device/state; sleep 4; write; show
echo "--- switched by hand"; multipathd switchgroup map mpatha group 2; write; sleep 4; write; show

#udev
# failback followover: I/O goes back with the first path of the better group that returns, not after a switch by hand.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
for n in 2 3 4; do echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle; done
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n detect_prio no\n prio alua\n path_grouping_policy group_by_prio\n failback followover\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
write() { dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=1 oflag=direct 2>/dev/null; echo "write rc=$?"; }
show() { dmsetup status; multipathd show maps format "%n %F %1"; }
multipathd show topology
state() { echo $2 > /sys/block/$1/device/state; }
write; show
echo "--- switched by hand"; multipathd switchgroup map mpatha group 2; write; sleep 4; write; show
echo "--- one path of the better group is lost and returns"; state sda offline; sleep 3; state sda running; sleep 4; write; show
echo "--- both are lost, one returns"; state sda offline; state sdd offline; write; sleep 4; show; state sdd running; sleep 4; write; show
echo "--- the other returns"; state sda running; sleep 4; write; show

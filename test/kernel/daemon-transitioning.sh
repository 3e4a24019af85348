#udev
# A TUR that says "in transition" fails the path, as any other failure would.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
busybox mount -t debugfs debugfs /sys/kernel/debug
error() { echo "$2" > /sys/kernel/debug/scsi_debug/$1:0:0:0/error; }
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n no_path_retry 3\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
show() { echo "$1:"; multipathd show paths format "%d %t %T %o"; dmsetup status; multipathd show maps format "%n %Q %N"; multipathd show status; }
error 0 "2 1 0 0 0 2 2 4 a"; sleep 4; show "sda in transition"
error 1 "2 1 0 0 0 2 2 4 a"; sleep 4; show "both"
dd if=/dev/mapper/mpatha of=/dev/null bs=4096 count=1 iflag=direct 2>/dev/null; echo "read rc=$?"
echo offline > /sys/block/sda/device/state; sleep 3; show "sda offline"
echo running > /sys/block/sda/device/state; sleep 4; show "sda running, in transition"
error 0 "- 2 0"; error 1 "- 2 0"; sleep 4; show "both are there"

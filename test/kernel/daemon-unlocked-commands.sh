#udev
# Commands that need no lock are answered while others wait for it; one whose client was killed is carried out nevertheless.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
mkdir -p /sys/kernel/debug; busybox mount -t debugfs debugfs /sys/kernel/debug
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n checker_timeout 15\n force_sync yes\n uxsock_timeout 25000\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 6
echo '0 1 0' > /sys/kernel/debug/scsi_debug/0:0:0:0/error; sleep 3
(multipathd show maps format "%n" > /tmp/maps 2>&1; echo "rc=$?" >> /tmp/maps) &
sleep 1
(timeout 1 multipathd fail path sdb; echo "killed $?") 2>&1
multipathd show daemon | cut -d' ' -f3
multipathd show nothing | head -n 1
multipathd sh maps
multipathd quit; echo rc=$?
echo "waiting: $(cat /tmp/maps)"
echo '- 0 0' > /sys/kernel/debug/scsi_debug/0:0:0:0/error
wait; cat /tmp/maps
sleep 8
multipathd show paths raw format "%d %t %T"
multipathd reconfigure; echo rc=$?
sleep 5
multipathd show paths raw format "%d %t %T"
multipathd shutdown; echo rc=$?

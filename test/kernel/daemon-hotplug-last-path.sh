#udev
# All paths of one of two maps are unplugged and come back: its name stays its own, its place in the listing does not.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
echo 2 > /sys/bus/pseudo/drivers/scsi_debug/max_luns
for h in 0 1; do echo "- - -" > /sys/class/scsi_host/host$h/scan; sleep 1; udevadm settle; done
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n path_grouping_policy multibus\n no_path_retry queue\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
show() { multipathd show maps format "%n %w %d %N"; dmsetup ls | sort; cat /etc/multipath/bindings | grep -v '^#'; }
show
for d in /sys/class/scsi_disk/*:0:0:0; do echo 1 > $d/device/delete; done; sleep 5
echo "--- LUN 0 unplugged"; show
for h in 0 1; do echo "0 0 0" > /sys/class/scsi_host/host$h/scan; sleep 2; udevadm settle; done; sleep 6
echo "--- and plugged in"; show
multipathd show topology | sed 's/sd[a-z] *[0-9:]* */sdX /'

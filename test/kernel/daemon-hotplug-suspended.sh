#udev
# A path leaves and comes while its map is suspended: the daemon's reload resumes it. Suspend and resume by command, twice.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n no_path_retry queue\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
show() { dmsetup info -c --noheadings -o name,attr; dmsetup table; multipathd show paths format "%d %t %T" | sed 's/sd[b-z]/sdX/'; }
multipathd suspend map mpatha; multipathd suspend map mpatha; show
multipathd show maps format "%n %t"
multipathd resume map mpatha; multipathd resume map mpatha; show
multipathd suspend map mpatha
echo 1 > /sys/block/sdb/device/delete; sleep 4; echo "--- a path deleted"; show
multipathd suspend map mpatha
echo "- - -" > /sys/class/scsi_host/host1/scan; sleep 4; echo "--- and found again"; show

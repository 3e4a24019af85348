#udev
# Somebody else removes, renames and suspends the map: the daemon forgets it, follows it, leaves it.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n no_path_retry queue\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
show() { dmsetup info -c --noheadings -o name,attr,uuid; multipathd show maps; multipathd show paths format "%d %t %T %m"; }
dmsetup rename mpatha data; sleep 4; echo "--- renamed"; show
multipathd reconfigure; sleep 5; echo "--- reconfigured"; show
dmsetup suspend mpatha; sleep 4; echo "--- suspended"; show
multipathd reconfigure; sleep 4; echo "--- reconfigured"; show
multipathd reconfigure all; sleep 4; echo "--- all of it"; show
dmsetup remove mpatha; sleep 4; echo "--- removed"; show
multipathd add map mpatha; sleep 5; echo "--- added"; show
dmsetup remove mpatha; sleep 4; multipathd reconfigure; sleep 5; echo "--- removed, reconfigured"; show

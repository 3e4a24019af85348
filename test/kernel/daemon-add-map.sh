#udev
# add map by name and by WWID, del map, del maps, reload map, reset: what each answers and does.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
echo 2 > /sys/bus/pseudo/drivers/scsi_debug/max_luns
for h in 0 1; do echo "- - -" > /sys/class/scsi_host/host$h/scan; sleep 1; udevadm settle; done
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
c() { echo "> $*"; multipathd "$@" 2>&1; echo "rc=$?"; sleep 3; dmsetup ls | sort; }
c del map mpatha
c add map mpatha
c del map mpathb
c add map 1Linux_scsi_debug_2001
c reload map mpatha
c del maps
c add map mpathb
c show maps format "%n %w %2"
c reset map mpathb stats
c show maps stats
c reset maps stats
c del map dm-0
c reconfigure
c show maps format "%n %w %2"

#udev
# find_multipaths smart while the daemon runs: a lone disk is kept for multipath until its time is over.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths smart\n find_multipaths_timeout 20\n polling_interval 1\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
prop() { echo "$1:"; udevadm info --query=property --name=/dev/$2 | grep -E 'MULTIPATH|SYSTEMD_READY|ID_FS|DEL_PART' | sed 's/="*[1-9][0-9]*[.].*/=N/' | sort; multipathd show paths format '%d %m'; }
multipathd show maps
echo 2 > /sys/bus/pseudo/drivers/scsi_debug/max_luns
echo "- - -" > /sys/class/scsi_host/host0/scan; sleep 2; udevadm settle; prop "alone" sdc
echo change > /sys/block/sdc/uevent; sleep 1; udevadm settle; prop "an event" sdc
sleep 21; prop "its time is over" sdc
echo add > /sys/block/sdc/uevent; sleep 1; udevadm settle; prop "another event" sdc
echo change > /sys/block/sdc/uevent; sleep 1; udevadm settle; prop "and one more" sdc
echo "- - -" > /sys/class/scsi_host/host1/scan; sleep 3; udevadm settle; sleep 3; udevadm settle; prop "its twin" sdc; prop "the twin itself" sdd
echo 1 > /sys/block/sdc/device/delete; sleep 2; ls /run/multipath/find_multipaths

#udev
# Synthetic removals: udev forgets a disk that is there, the daemon drops it from the map; add brings it back.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf "defaults {\n user_friendly_names yes\n find_multipaths no\n}\n" > /etc/multipath.conf
multipathd
sleep 4; udevadm settle; sleep 4
t() { echo "--- $1"; sleep 3; udevadm settle; sleep 1; multipathd show paths format "%d %m %t %o %T" | sort; dmsetup table; ls /dev/disk/by-id | sort; udevadm info -q property -n /dev/sda | grep -E 'ID_SERIAL=|DM_MULTI|^SYSTEMD' | sort; }
t start
udevadm trigger --action=remove /dev/sda; t 'sda removed'
udevadm trigger --action=add /dev/sda; t 'sda added'
echo remove > /sys/block/sdb/uevent; t 'sdb removed'
echo change > /sys/block/sdb/uevent; t 'sdb changed'
echo add > /sys/block/sdb/uevent; t 'sdb added'
echo remove > /sys/block/dm-0/uevent; t 'map removed'
multipathd show maps
echo change > /sys/block/dm-0/uevent; t 'map changed'
multipathd show maps; multipathd reconfigure; t reconfigured

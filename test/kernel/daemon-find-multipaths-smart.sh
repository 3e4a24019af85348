#udev
# find_multipaths smart: a disk alone is claimed for a while, a second path makes a map, the time that is left.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths smart\n find_multipaths_timeout 20\n polling_interval 1\n}\n' > /etc/multipath.conf
prop() { udevadm info --query=property --name=/dev/$1 | grep -E 'MULTIPATH|SYSTEMD_READY' | grep -v WAIT_UNTIL= | sort; udevadm info --query=property --name=/dev/$1 | grep -c WAIT_UNTIL; }
check() { multipath -c /dev/$1 > /tmp/o 2>&1; echo "rc=$?"; sed 's/="[1-9][0-9]*[.].*/="N"/' /tmp/o; }
show() { echo "$1:"; multipathd show paths format '%d %m %t'; multipathd show maps; prop sda; }
prop sda
multipathd
sleep 4; show "daemon runs"
echo change > /sys/block/sda/uevent; sleep 2; udevadm settle; show "after change"
check sda; ls /run/multipath/find_multipaths /dev/shm/multipath/find_multipaths 2>/dev/null; 
sleep 23; show "later"; check sda
echo change > /sys/block/sda/uevent; sleep 2; udevadm settle; show "after change"
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 2; udevadm settle; sleep 4; udevadm settle; show "a second path"; prop sdb; check sdb
grep -v '^#' /etc/multipath/wwids
multipathd shutdown; sleep 2; multipath -F; udevadm settle; multipath -w /dev/sda; check sda

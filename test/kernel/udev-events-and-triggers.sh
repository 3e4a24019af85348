#udev
# udevadm monitor with both kinds of events, info by every name of a map, and a change event that is triggered for it.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 2\n max_polling_interval 2\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 4
u() { udevadm info -q property -n "$1" | grep -E '^(DM_|MPATH|SYSTEMD|ID_FS|NR_)' | grep -vE 'COOKIE|SEQ' | sort; }
echo "--- map"; u dm-0
echo "--- path"; udevadm info -q property -n sda | grep -E 'MULTIPATH|SYSTEMD|ID_FS|ID_PATH|DEVNAME|DEVTYPE' | sort
udevadm info -q symlink -n dm-0 | tr ' ' '\n' | sort
udevadm info -q name -n /dev/mapper/mpatha
udevadm info -q path -n mapper/mpatha
udevadm info -q name -p /sys/block/dm-0
udevadm monitor -k -u > /tmp/mon 2>&1 & M=$!
sleep 1
echo offline > /sys/block/sda/device/state; sleep 4; udevadm settle
echo "--- one failed"; u dm-0
echo offline > /sys/block/sdb/device/state; sleep 4; udevadm settle
echo "--- both failed"; u dm-0
echo running > /sys/block/sda/device/state; sleep 4; udevadm settle
echo "--- one back"; u dm-0
kill $M; wait $M 2>/dev/null
grep -E 'dm-0' /tmp/mon | sed 's/\[[0-9.]*\]/[T]/'
udevadm trigger --action=change /sys/block/dm-0 2>&1; udevadm settle; echo "--- triggered"; u dm-0

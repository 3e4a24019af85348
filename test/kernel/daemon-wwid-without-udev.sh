#udev
# A disk that udev looks at while it is offline: what is left of its properties, and the WWID that multipath and the daemon then find.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n retrigger_tries 1\n retrigger_delay 2\n}\n' > /etc/multipath.conf
props() { udevadm info -q property -n /dev/$1 | grep -E "^(ID_SERIAL|ID_WWN|SCSI_IDENT_SERIAL|DM_MULTIPATH)" | sort; }
echo offline > /sys/block/sda/device/state
udevadm trigger -c change /dev/sda; udevadm settle
echo "-- offline"; props sda
multipath -v2 2>&1 | grep -v service | sed "s,^[0-9.]* | ,,"; multipath -ll 2>/dev/null
echo running > /sys/block/sda/device/state
echo "-- running again"; props sda
multipath -v2 2>&1 | grep -v service | sed "s,^[0-9.]* | ,,"; multipath -ll 2>/dev/null
multipath -F 2>/dev/null; udevadm settle
echo "-- the daemon"
echo offline > /sys/block/sda/device/state
udevadm trigger -c change /dev/sda; udevadm settle
multipathd; sleep 4; multipathd show paths format '%d %w %T %I'
echo running > /sys/block/sda/device/state; sleep 12
multipathd show paths format '%d %w %T %I'
props sda
multipath -ll 2>/dev/null
multipathd shutdown; sleep 2; multipath -F; udevadm settle
echo "-- udev has forgotten it"
udevadm trigger -c remove /dev/sda; udevadm settle; props sda
multipath -v2 2>&1 | grep -v service | sed "s,^[0-9.]* | ,,"; multipath -ll 2>/dev/null
multipath -v2 /dev/sda 2>&1 | grep -v service | sed "s,^[0-9.]* | ,,"; multipath -ll 2>/dev/null
multipath -c /dev/sda 2>/dev/null; multipath -v3 -c /dev/sda 2>&1 | grep -E "uid|wwid" | sed "s,^[0-9.]* | ,,"

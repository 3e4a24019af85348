#udev
# A map of somebody else has the name that the bindings file gives: multipath and its daemon leave it alone, and make none.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf "defaults {\n user_friendly_names yes\n find_multipaths no\n}\n" > /etc/multipath.conf
multipath -v0; udevadm settle; multipath -F; udevadm settle
dmsetup create mpatha --table "0 8 zero"; udevadm settle
multipath -v2 2>&1 | sed 's/^[0-9.]* | //'; echo rc=$?; dmsetup ls
multipathd -d -v2 >> /tmp/log 2>&1 &
sleep 8; udevadm settle
multipathd show maps; multipathd show paths format "%d %m %t"; multipathd add map mpatha; echo rc=$?
multipathd reconfigure; sleep 5
sed 's/^[0-9.]* | //' /tmp/log | grep -v timeouts
dmsetup remove mpatha; udevadm settle; multipathd reconfigure; sleep 6; udevadm settle; multipathd show maps; dmsetup ls
multipathd shutdown; wait

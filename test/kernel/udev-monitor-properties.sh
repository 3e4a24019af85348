#udev
# udevadm monitor -u -p: what udev passes on of the daemon's events, with the properties that only the rules see.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n no_path_retry fail\n}\n' > /etc/multipath.conf
udevadm monitor -u -p >> /tmp/mon 2>/dev/null & mon=$!
sleep 1
ev() { sleep 2; udevadm settle; sleep 2; echo "--- $1"; sed -E 's/\[[0-9.]+\]/[T]/; s/^(USEC_INITIALIZED|SEQNUM|DISKSEQ)=.*/\1=N/; s#^(DEVPATH=|UDEV .*)/devices/pseudo.*/#\1.../#; /^DEVLINKS/d' /tmp/mon; : > /tmp/mon; }
ev start
multipathd
sleep 6; udevadm settle; sleep 2; : > /tmp/mon
echo offline > /sys/block/sda/device/state; ev "sda offline"
echo offline > /sys/block/sdb/device/state; ev "sdb offline"
echo running > /sys/block/sdb/device/state; ev "sdb running"
multipathd reload map mpatha; ev "reload"
multipathd suspend map mpatha; multipathd resume map mpatha; ev "suspend, resume"
multipathd del map mpatha; ev "del map"
kill $mon; wait

#udev
# A map is renamed while it queues: by dmsetup, by a new alias; the write ends under the last name.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n log_checker_err once\n no_path_retry queue\n}\n' > /etc/multipath.conf
multipathd -d -v2 >> /tmp/log 2>&1 &
sleep 2; udevadm settle; sleep 2
log() { echo "--- $1"; sed 's/^[0-9.]* | //' /tmp/log | grep -v unsupp; : > /tmp/log; }
log start
for d in sda sdb; do echo offline > /sys/block/$d/device/state; done; sleep 2
(dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=1 oflag=direct 2>/dev/null; echo "write rc=$?") > /tmp/w & W=$!
sleep 1; log "both are down"; dmsetup rename mpatha byhand; sleep 2; udevadm settle; log "renamed by dmsetup"; multipathd show maps format "%n %w %d %Q %N"; ls /dev/mapper
printf 'multipaths {\n multipath {\n wwid 1Linux_scsi_debug_2000\n alias data\n }\n}\n' >> /etc/multipath.conf
multipathd reconfigure; sleep 3; udevadm settle; log "another alias"; multipathd show maps format "%n %w %d %Q %N"; ls /dev/mapper; dmsetup info -c --noheadings -o name,open,suspended
echo running > /sys/block/sdb/device/state; sleep 3; wait $W; cat /tmp/w; log "sdb is back"; multipathd show topology
multipath -l data | head -1; multipathd show map mpatha topology; echo "rc=$?"; multipathd show map data format "%n %N"

# The write cache of a SCSI disk: cache_type, write_cache, flushes counted, the log.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 delay=0
log() { dmesg -c | sed 's/^\[[^]]*\] //'; }; log > /dev/null
D=/sys/class/scsi_disk/0:0:0:0
fl() { read -a f < /sys/block/sda/stat; echo "w ${f[4]} fl ${f[15]}"; }
show() { cat $D/cache_type $D/FUA /sys/block/sda/queue/write_cache /sys/block/sda/queue/fua; }
show; dd if=/dev/zero of=/dev/sda bs=4096 count=1 conv=fsync status=none; fl
echo "write through" > $D/cache_type; echo rc=$?; show; log
dd if=/dev/zero of=/dev/sda bs=4096 count=1 conv=fsync status=none; fl
dd if=/dev/zero of=/dev/sda bs=4096 count=1 oflag=direct,sync status=none; fl
echo "none" > $D/cache_type; echo rc=$?; show; log
echo "write back" > $D/cache_type; echo rc=$?; show; log
dd if=/dev/zero of=/dev/sda bs=4096 count=1 conv=fsync status=none; fl
echo "temporary write through" > $D/cache_type; echo rc=$?; show; log
echo 1 > /sys/block/sda/device/rescan; show; log
echo "write back, no read (daft)" > $D/cache_type; echo rc=$?; show; log
echo "nonsense" > $D/cache_type; echo rc=$?; log
echo "write through" > /sys/block/sda/queue/write_cache; echo rc=$?; show
dd if=/dev/zero of=/dev/sda bs=4096 count=1 conv=fsync status=none; fl
echo "write back" > /sys/block/sda/queue/write_cache; echo rc=$?; show
for a in allow_restart manage_start_stop manage_system_start_stop manage_runtime_start_stop manage_shutdown max_retries max_medium_access_timeouts max_write_same_blocks protection_mode protection_type provisioning_mode thin_provisioning zeroing_mode zoned_cap app_tag_own; do echo "$a $(cat $D/$a 2>&1)"; done
echo 3 > $D/max_retries; cat $D/max_retries; echo 1 > $D/manage_start_stop; cat $D/manage_start_stop; echo 1 > $D/allow_restart; echo rc=$?; cat $D/allow_restart
echo 0 > $D/max_medium_access_timeouts; cat $D/max_medium_access_timeouts; log

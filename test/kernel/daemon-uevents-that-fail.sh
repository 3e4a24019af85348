#udev
# Uevents that the daemon can not deal with: of a path with another size, of a map on a ram disk.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 20\n max_polling_interval 20\n no_path_retry 3\n log_checker_err once\n}\n' > /etc/multipath.conf
multipathd -d -v2 >> /tmp/log 2>&1 &
sleep 3; udevadm settle; sleep 3
log() { sleep 3; udevadm settle; sleep 2; echo "--- $1"; sed 's/^[0-9.]* | //' /tmp/log | grep -vE 'unsupp'; : > /tmp/log; multipathd show paths format "%d %t %S %m"; dmsetup ls | sort; }
log start
modprobe brd rd_nr=1 rd_size=8192; udevadm settle
dmsetup create odd -u mpath-odd --table "0 16384 multipath 2 queue_mode bio 0 1 1 service-time 0 1 1 /dev/ram0 1"; log "a map on a ram disk"
dmsetup remove odd; log "removed"
dmsetup create lin -u mpath-lin --table "0 16384 linear /dev/ram0 0"; log "a linear map that calls itself multipath"
dmsetup remove lin; log "removed"
echo 1 > /sys/block/sda/device/delete; log "sda is deleted"
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/virtual_gb
echo "- - -" > /sys/class/scsi_host/host0/scan; log "it is back, of 1 GB"
echo change > /sys/block/sda/uevent; log "change"
echo add > /sys/block/sda/uevent; log "add"
echo add > /sys/block/sdb/uevent; log "add sdb"
echo change > /sys/block/dm-0/uevent; log "change dm-0"
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; log "another host"
echo 1 > /sys/block/sdb/device/rescan; log "sdb is rescanned"
echo add > /sys/block/sda/uevent; log "add sda"
multipathd resize map mpatha; log "resize"
echo add > /sys/block/sda/uevent; log "add sda"

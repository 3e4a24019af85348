#udev
# A path that the daemon has let go of is put back by dmsetup reload, then an event of udev comes; disks that become read-only one by one, and writable again.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 2\n max_polling_interval 2\n path_grouping_policy multibus\n}\n' > /etc/multipath.conf
multipathd -d >> /tmp/log 2>&1 &
sleep 3; udevadm settle; sleep 4
log() { sleep 4; udevadm settle; sleep 1; echo "--- $1"; sed 's/^[0-9.]* | //' /tmp/log | grep -v unsupp; : > /tmp/log; multipathd show paths format "%d %t %T %m %p %c"; dmsetup table; dmsetup info -c --noheadings -o name,attr; }
log start
multipathd del path sdb; log "del sdb"
dmsetup reload mpatha --table "0 16384 multipath 0 1 alua 1 1 service-time 0 2 1 8:0 1 8:16 1"; dmsetup resume mpatha; log "put back"
udevadm trigger --action=change /dev/sdb; log "change event"
multipathd del path sdb; sleep 1; dmsetup reload mpatha --table "0 16384 multipath 0 1 alua 1 1 service-time 0 2 1 8:0 1 8:16 1"; dmsetup resume mpatha; sleep 3; multipathd add path sdb; echo "rc=$?"; log "put back, add path"
blockdev --setro /dev/sda; log "sda ro"; blockdev --setro /dev/sdb; log "sdb ro"
blockdev --setrw /dev/sda; log "sda rw"; blockdev --setrw /dev/sdb; log "sdb rw"
multipathd shutdown; wait

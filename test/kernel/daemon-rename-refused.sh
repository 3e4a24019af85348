#udev
# A map is to get the name of a map that somebody else made: what the daemon and multipath say, before and after that map is gone.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
w() { printf "defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 30\n}\nmultipaths {\n multipath {\n wwid 1Linux_scsi_debug_2000\n alias $1\n }\n}\n" > /etc/multipath.conf; }
w one; dmsetup create two --table "0 2048 error"
multipathd -d -v3 >> /tmp/log 2>&1 &
sleep 3; udevadm settle; sleep 3
log() { echo "--- $1"; sed 's/^[0-9.]* | //' /tmp/log | grep -E 'ioctl|rename|one|two|libdm|device-mapper' | grep -v 'setting'; : > /tmp/log; }
log start > /dev/null
w two; multipathd reconfigure; sleep 3; udevadm settle; sleep 2; log "taken by a map that is not the daemon's"
multipathd show maps; dmsetup ls
dmsetup remove two; multipathd reconfigure; sleep 3; udevadm settle; sleep 2; log "free"
multipathd show maps; dmsetup ls
w one; dmsetup create one --notable; multipathd reconfigure; sleep 3; udevadm settle; sleep 2; log "taken by a map without a table"
multipathd show maps; dmsetup ls
multipath -v3 -r 2>&1 | sed 's/^[0-9.]* | //' | grep -E 'ioctl|rename|libdm'; sleep 3; udevadm settle
dmsetup remove one
multipathd shutdown; wait
multipath -v3 -r 2>&1 | sed 's/^[0-9.]* | //' | grep -E 'ioctl|rename|libdm'
dmsetup ls

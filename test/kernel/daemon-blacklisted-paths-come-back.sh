#udev
# The daemon starts while paths are offline that the blacklist names by WWID, or find_multipaths leaves out; they come back.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
echo 2 > /sys/bus/pseudo/drivers/scsi_debug/max_luns
for h in 0 1; do echo "- - -" > /sys/class/scsi_host/host$h/scan; sleep 1; udevadm settle; done
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n log_checker_err once\n}\nblacklist {\n wwid 1Linux_scsi_debug_2001\n}\n' > /etc/multipath.conf
ids() { for d in sda sdb sdc sdd; do echo $1 > /sys/block/$d/device/state; done; }
ids offline
multipathd -d >> /tmp/log 2>&1 &
sleep 4; udevadm settle; sleep 2
log() { sleep 4; udevadm settle; sleep 1; echo "--- $1"; sed 's/^[0-9.]* | //; s/^[0-9][0-9]:[0-9][0-9].* | //' /tmp/log | grep -v unsupp; : > /tmp/log; multipathd show paths format "%i %w %t %T %o %m" | sort; multipathd show maps; dmsetup table | sort; }
log offline
ids running; log running
multipathd reconfigure; log reconfigure
ids offline; sleep 3; multipathd reconfigure; log "offline, reconfigured"
ids running; log "running again"
multipathd shutdown; wait

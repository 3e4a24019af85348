#udev
# What the daemon says of uevents: of a path that is its own, of a map, of disks that each kind of blacklist keeps from it.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
c() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 30\n}\n%b' "$1" > /etc/multipath.conf; }
c ''
multipathd -d -v3 >> /tmp/log 2>&1 &
sleep 3; udevadm settle; sleep 4
log() { echo "--- $1"; sed 's/^[0-9.]* | //' /tmp/log | grep -E 'uevent|write_prot|reloaded|blacklist|spurious|delay|uid =|event' | uniq; : > /tmp/log; }
log start > /dev/null
touch_disk() { exec 9<> /dev/$1; exec 9>&-; sleep 1; udevadm settle; sleep 1; }
touch_disk sda; log "sda was open for writing"
udevadm trigger --action=change /sys/block/sdb; udevadm settle; sleep 1; log "sdb triggered"
udevadm trigger --action=add /sys/block/sdb; udevadm settle; sleep 1; log "sdb added, though it is there"
echo 1 > /sys/block/sda/device/rescan; sleep 2; udevadm settle; sleep 1; log "sda rescanned"
udevadm trigger --action=change /sys/block/dm-0; udevadm settle; sleep 1; log "dm-0 triggered"
for how in 'wwid 1Linux_scsi_debug_2000' 'devnode sda' 'device {\n vendor Linux\n product scsi\n }' 'protocol "scsi:unspec"' 'property SCSI_IDENT_SERIAL'; do
  c "blacklist {\n $how\n}\n"; multipathd reconfigure; sleep 2; udevadm settle; sleep 1; log "reconfigured" > /dev/null
  touch_disk sda; log "sda, blacklisted by $how"
  udevadm trigger --action=add /sys/block/sda; udevadm settle; sleep 1; log "sda added, blacklisted"
done
multipathd shutdown; wait

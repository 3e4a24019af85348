#udev
# Blacklists and exceptions in conf.d while maps are there: what the log says of paths that a table still has, and the shows.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n}\n' > /etc/multipath.conf
multipathd -d >> /tmp/log 2>&1 &
sleep 3; udevadm settle; sleep 4
log() { echo "--- $1"; sed 's/^[0-9.]* | //' /tmp/log | uniq; : > /tmp/log; }
log start
mkdir -p /etc/multipath/conf.d
printf 'blacklist {\n devnode "^sdb$"\n}\n' > /etc/multipath/conf.d/10-black.conf
multipathd reconfigure; sleep 4; udevadm settle; log "sdb blacklisted"
multipathd show topology; multipathd show paths; multipathd show blacklist | head -n 12
multipathd show devices | grep -E 'sd|dm'
printf 'blacklist {\n wwid ".*"\n}\n' > /etc/multipath/conf.d/10-black.conf
multipathd reconfigure; sleep 4; udevadm settle; log "all wwids blacklisted"
multipathd show maps; multipathd show paths; multipathd show devices | grep -E 'sd|dm'
multipathd add path sda; echo rc=$?
multipathd add map mpatha; echo rc=$?
printf 'blacklist_exceptions {\n wwid "1Linux"\n}\n' > /etc/multipath/conf.d/20-except.conf
multipathd reconfigure; sleep 4; udevadm settle; log "exception"
multipathd show topology
multipathd show blacklist | head -n 12
rm /etc/multipath/conf.d/*
printf 'blacklist {\n device {\n  vendor "Linux"\n }\n protocol "scsi:.*"\n}\n' >> /etc/multipath.conf
multipathd reconfigure; sleep 4; udevadm settle; log "device and protocol"
multipathd show maps; multipathd show devices | grep -E 'sd|dm'; multipathd show blacklist | tail -n 20
multipathd shutdown; wait

#udev
# What the daemon logs when it is told to do something.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n no_path_retry 5\n}\n' > /etc/multipath.conf
multipathd -d >> /tmp/log 2>&1 &
sleep 3; udevadm settle; sleep 3
: > /tmp/log
c() { echo "--- $*: $(multipathd "$@")"; sleep 3; sed 's/^[0-9.]* | //' /tmp/log; : > /tmp/log; }
c fail path sda
c reinstate path sda
c disablequeueing map mpatha
c restorequeueing map mpatha
c disablequeueing maps
c restorequeueing maps
c switchgroup map mpatha group 2
c reload map mpatha
c suspend map mpatha
c resume map mpatha
c resize map mpatha
c setmarginal path sda
c unsetmarginal path sda
c reset map mpatha stats
c del path sda
c add path sda
c forcequeueing daemon
c restorequeueing daemon
c reconfigure
multipathd shutdown; wait

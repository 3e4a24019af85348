#udev
# What multipath and multipath -ll say at verbosity 4: every attribute and device that is looked at.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n}\n' > /etc/multipath.conf
multipath -v4 > /tmp/out 2>&1
sed 's/^[0-9.]* | //' /tmp/out | head -400
echo "--- ll"
multipath -v4 -ll > /tmp/out 2>&1
sed 's/^[0-9.]* | //' /tmp/out | head -400

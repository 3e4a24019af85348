#udev
# A daemon that may not write its bindings file, which contradicts its configuration: at the start, and by a reconfigure.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=2 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
mkdir -p /etc/multipath
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n}\n' > /etc/multipath.conf
w0=1Linux_scsi_debug_2000 w1=1Linux_scsi_debug_2001
b=/etc/multipath/bindings
printf 'mpatha %s\nmpathb %s\n' $w0 $w1 > $b
multipathd -B -d -s > /tmp/log 2>&1 & sleep 4
multipathd show maps raw format '%n %w'
printf 'mpatha %s\nmpatha %s\n' $w0 $w1 > $b
multipathd reconfigure; sleep 3
multipathd show maps raw format '%n %w'; echo "rc=$?"
wait $!; echo "daemon rc=$?"
cat /tmp/log
grep -v '^#' $b
echo "-- started with it"
multipathd -B -d -s; echo "daemon rc=$?"
echo "-- may write"
multipathd -d -s > /tmp/log 2>&1 & sleep 4
multipathd show maps raw format '%n %w'
grep -v '^#' $b
multipathd shutdown; wait $!
cat /tmp/log

#udev
# The verbosity keyword and -v; log_checker_err always and once.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n no_path_retry 3\n%b}\n' "$1" > /etc/multipath.conf; }
run() { : > /tmp/log; multipathd -d $1 >> /tmp/log 2>&1 & sleep 3; udevadm settle; sleep 4
  echo offline > /sys/block/sda/device/state; sleep 7; echo running > /sys/block/sda/device/state; sleep 3; multipathd shutdown > /dev/null; wait
  sed 's/^[0-9.]* | //' /tmp/log | uniq -c | sed 's/^ *[2-9] /many /; s/^ *1 //'; }
conf ' verbosity 1\n'; echo "--- verbosity 1"; run
echo "--- -v0"; run -v0
conf ' log_checker_err once\n'; echo "--- once"; run
conf ''; echo "--- always"; run -v2

#udev
# Options of the daemon: -s, -B, -v, -k; what the client takes of them.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n}\n' > /etc/multipath.conf
t() { echo "> $*"; "$@" > /tmp/o 2>&1; echo "rc=$?"; sed 's/^[0-9.]* | //' /tmp/o | head -n ${N:-6}; }
run() { echo "--- multipathd $*"; multipathd "$@" > /tmp/log 2>&1 & sleep 3; udevadm settle; sleep 3; }
end() { multipathd shutdown; wait; sed 's/^[0-9.]* | //' /tmp/log; multipath -F; udevadm settle; sleep 1; }
run -s -d
t multipathd show maps; t multipathd -k'show maps' show paths; t multipathd -v3 -k'show maps'; t multipathd -k'show nothing'; t multipathd 'show maps' raw; t multipathd show 'maps raw'; end
run -d -B; t multipathd show maps; end; rm -f /etc/multipath/bindings
run -d -B; t multipathd show maps; end
run -v1 -d; echo offline > /sys/block/sda/device/state; sleep 4; echo running > /sys/block/sda/device/state; sleep 3; end
run -d -n; t multipathd show maps; end
run -v0 -d; echo offline > /sys/block/sda/device/state; sleep 4; end

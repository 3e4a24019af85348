#udev
# What else TUR can say: unit attention, not ready, illegal request, reservation conflict, busy, transport errors.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
busybox mount -t debugfs debugfs /sys/kernel/debug
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
try() {
  echo "$2" > /sys/kernel/debug/scsi_debug/0:0:0:0/error; sleep 4
  echo "$1: $(multipathd show paths raw format "%d %t %T" | head -n 1)"
  echo "- 2 0" > /sys/kernel/debug/scsi_debug/0:0:0:0/error; sleep 3
}
try "unit attention for ever" "2 1 0 0 0 2 6 29 0"
try "unit attention twice" "2 -2 0 0 0 2 6 29 0"
try "not ready" "2 1 0 0 0 2 2 4 3"
try "no medium" "2 1 0 0 0 2 2 3a 0"
try "LUN not there" "2 1 0 0 0 2 5 25 0"
try "illegal request" "2 1 0 0 0 2 5 20 0"
try "reservation conflict" "2 1 0 0 0 18 0 0 0"
try "busy" "2 1 0 0 0 8 0 0 0"
try "transport disrupted" "2 1 0 e 0 0 0 0 0"
try "no connect" "2 1 0 1 0 0 0 0 0"
try "bus busy" "2 1 0 2 0 0 0 0 0"
try "medium error" "2 1 0 0 0 2 3 11 0"
multipathd show paths format "%d %t %T"

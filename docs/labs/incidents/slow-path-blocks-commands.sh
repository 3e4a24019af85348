#udev
# One path that does not answer keeps everybody waiting: commands, other maps, timers.
# The story: with one port of the array hanging, "multipathd show maps" took half a minute, and reconfigure longer. A checker that waits for
# its read does so under the lock that every command needs.
# Source: https://github.com/opensvc/multipath-tools/issues/114
# Look at: whether a command is answered while a read hangs, with a checker that waits and with one that does not.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
busybox mount -t debugfs debugfs /sys/kernel/debug
error() { echo "$1" > /sys/kernel/debug/scsi_debug/0:0:0:0/error; }
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n detect_checker no\n path_checker %s\n}\n' $1 > /etc/multipath.conf; }
ask() { multipathd show maps format "%n %N" > /tmp/answer & sleep 2; [ -s /tmp/answer ] && echo "$1: answered" || echo "$1: no answer"; }
conf readsector0
multipathd
sleep 3; udevadm settle; sleep 3
ask "at first"
#: Reads of sda are never answered. readsector0 waits for its read, and holds the lock meanwhile.
error "0 1 28"; sleep 3
ask "readsector0"
error "- 0 28"; sleep 45; wait
conf directio; multipathd reconfigure > /dev/null; sleep 5
#: directio looks after its read later.
error "0 1 28"; sleep 3
ask "directio"

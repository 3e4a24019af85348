#udev
# Both controllers of an array are unavailable for a minute, and come back: with one checker nobody ever notices.
# The story: an array was upgraded, one controller after the other. The kernel had asked for the state of the port groups just then,
# and kept "unavailable": from then on it failed all I/O before it reached the array, so nothing came back that could have told
# it otherwise. A checker that reads through the block layer gets the same answer for ever; one that sends TEST UNIT READY
# itself (SG_IO) reaches the array, which reports that its state has changed.
# Source: https://www.mail-archive.com/linux-scsi@vger.kernel.org/msg60697.html (2017)
# Look at: the paths a minute after the array is well again, under directio and under tur, and what makes the kernel ask.
# Linux has no such array to test with: simctl array moves the port groups.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 2\n max_polling_interval 2\n path_grouping_policy multibus\n no_path_retry queue\n detect_checker no\n path_checker %s\n}\n' $1 > /etc/multipath.conf; }
ports() { for d in sda sdb; do simctl array state $d $1; done; }
write() { dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=1 oflag=direct status=none 2>/dev/null && echo "the write completed" > /tmp/answer || echo "the write FAILED" > /tmp/answer; }
look() { echo "-- $1"; [ -s /tmp/answer ] && cat /tmp/answer || echo "the write waits"; multipathd show paths format "%d %t %T"; echo "the kernel believes: $(cat /sys/block/sda/device/access_state)"; }
simctl array symmetric sda
outage() {
  echo "== path_checker $1"
  conf $1; multipathd reconfigure > /dev/null; sleep 8; : > /tmp/answer
  ports unavailable; write & sleep 60
  look "unavailable for a minute"
  ports optimized; sleep 60
  look "well again for a minute"
}
conf directio
multipathd
sleep 3; udevadm settle; sleep 3
outage directio
#: Somebody makes the kernel read everything again.
for d in sda sdb; do echo 1 > /sys/block/$d/device/rescan; done; sleep 8
look "after a rescan"; wait
outage tur; wait

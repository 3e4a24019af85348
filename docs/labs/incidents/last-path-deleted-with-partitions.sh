#udev
# The last path of a map with partitions is deleted while a write waits: the daemon stands still, and no_path_retry never ends.
# The story: hosts whose multipathd answered nothing any more. The map of a partition keeps the map of its disk open, and its
# removal is the last close of that: the kernel writes back what is in the page cache first. The write waits for a path, the daemon
# for the write, and the thread that would have ended queueing for the daemon's lock. no_path_retry was a number.
# Source: multipath-tools 6e0ec8d9 (2024), after the version 0.9.4 that runs here: flush_on_last_del got the default "unused"
# Look at: the answers of the daemon long after ten retries, what ends it, and the same with flush_on_last_del yes. dmsim finds that
# queueing does not end when it was promised: its exit status is 123.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n no_path_retry 10\n%b}\n' "$1" > /etc/multipath.conf; }
ask() { timeout 10 multipathd show maps raw format '%n %N' > /tmp/answer 2>&1; echo "$1: show maps: $(head -1 /tmp/answer)"; }
maps() { dmsetup ls | grep -v "^No" | sed "s/[[:space:]].*//" | sort | tr "\n" " "; echo; }
queues() { dmsetup table mpatha | grep -q queue_if_no_path && echo "$1: mpatha queues" || echo "$1: mpatha does not queue"; }
conf ''
multipathd
sleep 3; udevadm settle; sleep 3
#: One partition, sectors 64 to 8191: udev has kpartx make a map over the map.
{ head -c 446 /dev/zero; printf '\0\0\0\0\x83\0\0\0\x40\0\0\0\xc0\x1f\0\0'; head -c 48 /dev/zero; printf '\x55\xaa'; } > /tmp/mbr
dd if=/tmp/mbr of=/dev/mapper/mpatha bs=512 conv=notrunc,fsync 2>/dev/null
sleep 4; udevadm settle; maps
lose() {
  for d in /sys/block/sd*; do echo offline > $d/device/state; done; sleep 3
  #: It ends in the page cache: the partition has the map open, so nobody closes it for the last time yet.
  dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 seek=512 count=1 conv=notrunc status=none && echo "a page was written"
  for d in /sys/block/sd*; do echo 1 > $d/device/delete; done; sleep 4
}
lose
ask "both paths are gone"; queues "both paths are gone"
sleep 12; ask "after all retries"; queues "after all retries"; maps
#: What helps now is known to the kernel alone.
dmsetup message mpatha 0 fail_if_no_path; sleep 3
ask "after fail_if_no_path"; maps
#: The remedy of then: queueing ends before the map is removed.
conf ' flush_on_last_del yes\n'; multipathd reconfigure > /dev/null; sleep 2
for h in 0 1; do echo "- - -" > /sys/class/scsi_host/host$h/scan; sleep 1; udevadm settle; done; sleep 5; udevadm settle; maps
lose
ask "with flush_on_last_del yes"; maps

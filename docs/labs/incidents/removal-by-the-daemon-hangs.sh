#udev
# "multipathd del map" of a map that queues, with a partition over it: the daemon stands still, even when the storage is back.
# The story: an administrator removed a map whose paths were lost. The partition's map goes first; as the last opener of the map below it
# writes back what the page cache holds, and that waits for a path, under the lock that the checker needs to find one. Since then
# the daemon ends queueing and suspends the map before it removes it, as "multipath -f" always did.
# Source: multipath-tools 9bd3482e (2024), after the version 0.9.4 that runs here
# Look at: the answer to "del map", whether paths that are good again are noticed, and the same after disablequeueing. dmsim finds that
# queueing does not end when it was promised: its exit status is 123.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n no_path_retry 5\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
state() { for d in sda sdb; do echo $1 > /sys/block/$d/device/state; done; }
maps() { echo "$1: $(dmsetup ls | grep -v "^No" | sed 's/[[:space:]].*//' | sort | tr '\n' ' ')"; }
dirty() { dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 seek=512 count=1 conv=notrunc status=none && echo "a page was written"; }
{ head -c 446 /dev/zero; printf '\0\0\0\0\x83\0\0\0\x40\0\0\0\xc0\x1f\0\0'; head -c 48 /dev/zero; printf '\x55\xaa'; } > /tmp/mbr
dd if=/tmp/mbr of=/dev/mapper/mpatha bs=512 conv=notrunc,fsync 2>/dev/null
sleep 4; udevadm settle; maps "at first"
#: The daemon removes.
state offline; sleep 3; dirty
timeout 10 multipathd del map mpatha > /tmp/answer 2>&1 && echo "del map: $(cat /tmp/answer)" || echo "del map: no answer"
sleep 10; dmsetup status mpatha; dmsetup table mpatha | cut -d' ' -f3-5
#: The paths are good again, but the thread that would see it waits for the lock.
state running; sleep 5; dmsetup status mpatha
#: Somebody else reinstates a path: the page is written, the daemon goes on.
dmsetup message mpatha 0 reinstate_path 8:0; sleep 4; maps "a path was reinstated by hand"
multipathd add map mpatha > /dev/null 2>&1; sleep 5; udevadm settle; maps "added again"
#: The remedy of then: end queueing first. The page is lost, and nobody waits.
state offline; sleep 3; dirty
echo "disablequeueing: $(multipathd disablequeueing map mpatha)"
echo "del map: $(timeout 8 multipathd del map mpatha 2>&1)"; sleep 2; maps "removed"

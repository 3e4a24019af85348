#udev
# A flush suspends the map and finds it open, so it can't remove it. If it then forgets the resume, all I/O waits.
# The story: volumes were detached by "multipath -f". Between its look at the open count and the removal udev had opened the map for
# blkid: the removal failed with EBUSY, an error on the way made the program believe the map had gone, and it ended without a
# resume. Every program that wrote to the map, and every sync of the node, hung until the next boot.
# Source: https://github.com/microsoft/azurelinux/pull/18793 (2026, multipath-tools 0.9.6)
# Look at: the state of the map after a flush that failed, and whether the page that waits is written.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n no_path_retry queue\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
state() { echo "$1: $(dmsetup info -c --noheadings -o name,suspended,open mpatha 2>/dev/null || echo no map)"; }
#: The steps of the program as it was, one by one. Nobody has the map open ...
state "before"
dmsetup suspend mpatha
#: ... and now somebody has: an open does not wait, a read does.
dd if=/dev/mapper/mpatha of=/dev/null bs=4096 count=1 status=none & sleep 1
dmsetup remove mpatha > /dev/null 2>&1; echo "remove: $?"
state "after the removal that failed"
dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 seek=9 count=1 conv=notrunc,fsync status=none && echo "written" > /tmp/answer & sleep 5
[ -s /tmp/answer ] && cat /tmp/answer || echo "fsync waits"
#: What should have followed.
dmsetup resume mpatha; wait; cat /tmp/answer; state "resumed"; sleep 3; udevadm settle
#: multipath -f of 0.9.4 does it: an opener makes it fail, and nothing is left behind.
sleep 600 < /dev/mapper/mpatha & holder=$!; sleep 1
multipath -f mpatha > /dev/null 2>&1; echo "multipath -f: $?"; state "refused"
kill $holder; sleep 1
multipath -f mpatha > /dev/null 2>&1; echo "multipath -f: $?"; state "flushed"

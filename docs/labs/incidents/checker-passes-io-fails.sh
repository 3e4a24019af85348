#udev
# A checker that passes while I/O fails: the path goes up and down for ever, and no_path_retry never comes to its end.
# The story: the storage behind a healthy target port went offline. TEST UNIT READY still succeeded, every read and write
# failed; the writer stayed in D state though no_path_retry was a number.
# Source: https://github.com/opensvc/multipath-tools/issues/54 (2022)
# Look at: how the read ends under tur and under directio, and how often each path was failed (the number after its letter).
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
busybox mount -t debugfs debugfs /sys/kernel/debug
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n no_path_retry 3\n path_checker %s\n detect_checker no\n}\n' $1 > /etc/multipath.conf; }
# READ(10) ends with DID_NO_CONNECT on both paths, TEST UNIT READY succeeds.
break_io() { for h in 0 1; do echo "2 1 28 1 0 0 0 0 0" > /sys/kernel/debug/scsi_debug/$h:0:0:0/error; done; }
mend_io() { for h in 0 1; do echo "- 2 28" > /sys/kernel/debug/scsi_debug/$h:0:0:0/error; done; }
read1() { dd if=/dev/mapper/mpatha of=/dev/null bs=4096 count=1 iflag=direct status=none 2>/dev/null && echo "the read completed" || echo "the read FAILED"; }
#: As it was: the tur checker, and three retries of a second.
conf tur
multipathd
sleep 3; udevadm settle; sleep 3
#: The storage goes. The read fails both paths, waits in the map, and is tried again whenever the checker has said "up".
break_io
read1 > /tmp/answer &
sleep 10
echo "-- tur, after 10 s: no_path_retry 3 should have ended this long ago"
cat /tmp/answer; [ -s /tmp/answer ] || echo "the read still waits"
failures=$(dmsetup status mpatha | grep -oE "8:0 [AF] [0-9]+")
[ "${failures##* }" -gt 3 ] && echo "a path was failed more than three times"
#: The storage is back, and the read completes.
mend_io
wait
cat /tmp/answer
sleep 3
#: The remedy: a checker that does what the application does. directio reads a block.
conf directio
multipathd reconfigure
sleep 5
multipathd show paths format "%d %t %T"
break_io
read1 > /tmp/answer &
sleep 10
echo "-- directio, after 10 s"
cat /tmp/answer
multipathd show paths format "%d %t %T"
mend_io
wait
sleep 4
multipathd show paths format "%d %t %T"

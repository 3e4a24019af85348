#udev
# A controller fails over and says "in transition" for ten seconds. That is no failure of its paths, but two can take it for one.
# The story: an array took longer than a second to move its volumes. The kernel's handler let nothing through to a group in
# transition, and failed it with an error that multipath took for the path's: all paths were lost before the array was done. Since 2022 I/O
# in transition waits, as long as the array says it may take. The daemon of 0.9.4 has a mistake of its own: TEST UNIT READY
# gets the same answer, and it calls that path faulty.
# Source: Linux 6056a92ceb2a, "scsi: scsi_dh_alua: Properly handle the ALUA transitioning state"
# Look at: what becomes of a write that is under way, and of one that comes later, when the array says so to writes only, to the
# checker as well, and with no_path_retry 12; and how often paths were failed (the number after their letter).
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
busybox mount -t debugfs debugfs /sys/kernel/debug
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n path_grouping_policy multibus\n no_path_retry %s\n}\n' $1 > /etc/multipath.conf; }
#: What the array answers to WRITE(10), 2a, and to TEST UNIT READY, 0: not ready, asymmetric access state transition.
transition() { for h in 0 1; do for c in $*; do echo "2 1 $c 0 0 2 2 4 a" > /sys/kernel/debug/scsi_debug/$h:0:0:0/error; done; done; }
done_with() { for h in 0 1; do for c in $*; do echo "- 2 $c" > /sys/kernel/debug/scsi_debug/$h:0:0:0/error; done; done; }
write() { dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 seek=$1 count=1 oflag=direct status=none 2>/dev/null && echo "write $1 completed" > /tmp/answer$1 || echo "write $1 FAILED" > /tmp/answer$1; }
said() { for n in $*; do [ -s /tmp/answer$n ] && cat /tmp/answer$n || echo "write $n waits"; done; }
paths() { dmsetup status mpatha | grep -oE "8:[0-9]+ [AF] [0-9]+" | tr '\n' ' '; multipathd show paths raw format "%T" | sort | uniq -c | tr -s ' '; }
fail_over() {
  echo "-- $1"; shift
  rm -f /tmp/answer*
  transition $*; write 1 & sleep 5
  write 2 & sleep 5
  said 1 2; paths
  done_with $*; wait; said 1 2; sleep 4; paths
}
conf fail
multipathd
sleep 3; udevadm settle; sleep 3
fail_over "writes are in transition" 2a
fail_over "the checker hears of it, too" 2a 0
conf 12; multipathd reconfigure > /dev/null; sleep 5
fail_over "the checker hears of it, and no_path_retry is 12" 2a 0

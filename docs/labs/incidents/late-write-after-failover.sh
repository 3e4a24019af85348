# A write hangs on one path and is tried on the other. The array must never carry the first one out after that.
# The story: a command that a port has lost sight of may still reach the array. If the host sends it again down another path
# and then writes something newer to that place, the old command would undo it. This is why SCSI error handling aborts a
# command and waits for the answer before anyone may have it back.
# Source: scsi_error.c: scmd_eh_abort_handler; the "late write after failover" in docs/museum.md
# Look at: how long the first write takes, and what is read at the end: the newest data. In every run dmsim checks that no
# write lands after its retry was acknowledged.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
S=$(blockdev --getsz /dev/sda)
mount -t debugfs none /sys/kernel/debug 2>/dev/null
drop=/sys/kernel/debug/scsi_debug/0:0:0:0/error
echo 1 > /sys/block/sda/device/timeout
#: No second try on the same path: it is given up after the first time-out.
echo 0 > /sys/block/sda/device/scsi_disk/0:0:0:0/max_retries
dmsetup create mpatha --table "0 $S multipath 1 queue_if_no_path 0 2 1 round-robin 0 1 1 8:0 1 round-robin 0 1 1 8:16 1"
put() { { echo "$1"; head -c 4096 /dev/zero; } | head -c 4096 > /tmp/$1; dd if=/tmp/$1 of=/dev/mapper/mpatha bs=4096 count=1 oflag=direct conv=notrunc status=none && echo "$1: written"; }
get() { dd if=/dev/mapper/mpatha bs=4096 count=1 iflag=direct status=none | head -1; }
put before
#: sda loses every write: after a second it times out, is aborted, and the path fails.
echo "0 -100 0x2a" > $drop
a=$SECONDS
put old
[ $((SECONDS - a)) -ge 1 ] && echo "it took a time-out and more"
dmsetup status mpatha | grep -o "8:0 [AF]"
#: Newer data to the same place, down the good path.
put new
#: sda is well again. What it had lost stays lost.
echo "- 0 0x2a" > $drop
dmsetup message mpatha 0 "reinstate_path 8:0"
sleep 5
get

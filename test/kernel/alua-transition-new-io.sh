# While a port group is in transition the alua handler lets new I/O through to the disk, which makes it wait; what it believes afterwards.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
busybox mount -t debugfs debugfs /sys/kernel/debug
error() { echo "$1" > /sys/kernel/debug/scsi_debug/0:0:0:0/error; }
try() { dd if=/dev/zero of=/dev/sda bs=4096 count=1 seek=$1 oflag=direct status=none 2>/dev/null && echo "write $1: completed" || echo "write $1: FAILED"; }
said() { for n in $*; do [ -s /tmp/answer$n ] && cat /tmp/answer$n || echo "write $n waits"; done; }
for c in 2a 0 a3; do error "2 1 $c 0 0 2 2 4 a"; done
try 1 > /tmp/answer1 & sleep 3; said 1
echo "-- new I/O while the group is in transition"
try 2 > /tmp/answer2 & sleep 2; said 1 2
echo "-- writes are served again, TUR and port groups still say so"
error "- 2 2a"; sleep 3; said 1 2
try 3 > /tmp/answer3 & sleep 2; said 3
echo "-- all is well"
for c in 0 a3; do error "- 2 $c"; done; sleep 4; said 1 2 3
try 4; cat /sys/block/sda/device/access_state
# The map above: nothing is a path error.
S=$(blockdev --getsz /dev/sda)
dmsetup create mpatha --table "0 $S multipath 0 0 1 1 round-robin 0 1 1 8:0 1"
map() { dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=1 oflag=direct status=none 2>/dev/null && echo "through the map: completed" || echo "through the map: FAILED"; }
map
for c in 2a 0 a3; do error "2 1 $c 0 0 2 2 4 a"; done
map > /tmp/answer5 & sleep 3; said 5; map > /tmp/answer6 & sleep 2; said 5 6; dmsetup status mpatha
for c in 2a 0 a3; do error "- 2 $c"; done; wait; said 5 6; dmsetup status mpatha

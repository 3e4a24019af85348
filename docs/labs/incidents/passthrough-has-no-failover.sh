# A SCSI command that is passed through a map (SG_IO) gets the error of its path: the kernel tries no other path.
# The story: guests with SCSI passthrough on multipath, and cluster software that uses reservations, saw errors when one path
# of many was lost, while reads and writes went on as if nothing had happened. An ioctl can't be sent again: who sent
# it must make the path fail, and send it once more. An ioctl that probes paths (2025) was made for that.
# Source: https://www.mail-archive.com/dm-devel@lists.linux.dev/msg06386.html (2025)
# Look at: the inquiry and the write after the path was lost, and what makes the inquiry work again.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
S=$(blockdev --getsz /dev/sda)
inquiry() { sg_inq /dev/mapper/mpatha > /tmp/inquiry 2>&1 && echo "inquiry: ok" || echo "inquiry: FAILED"; }
write() { dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=1 oflag=direct status=none 2>/dev/null && echo "write: ok" || echo "write: FAILED"; }
dmsetup create mpatha --table "0 $S multipath 1 queue_if_no_path 0 2 1 round-robin 0 1 1 8:0 1 round-robin 0 1 1 8:16 1"
write
inquiry
#: The path in use is lost. Nothing has told the map: no read or write has failed on it yet.
echo offline > /sys/block/sda/device/state
inquiry
inquiry
dmsetup status mpatha
#: A write is tried on the lost path, fails it, and goes down the other one.
write
dmsetup status mpatha
#: Now the map knows, and a command that is passed through takes the good path, too.
inquiry
#: Without any path it waits, as I/O does, while the map queues.
echo offline > /sys/block/sdb/device/state
dmsetup message mpatha 0 "fail_path 8:16"
timeout 2 sg_inq /dev/mapper/mpatha > /dev/null 2>&1; echo "without a path: status $?"

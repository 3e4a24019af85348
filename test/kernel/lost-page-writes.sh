# What the log says of pages that could not be read, or written back; ten lines in five seconds at most.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 delay=0
dmsetup create a --table "0 16384 multipath 2 queue_mode bio 0 1 1 round-robin 0 1 1 8:0 1"
dmsetup create odd --table "0 4099 multipath 2 queue_mode bio 0 1 1 round-robin 0 1 1 8:0 1"
log() { dmesg -c | sed 's/^\[[^]]*\] //' | grep -E 'Buffer I/O|buffer_io_error'; }
echo offline > /sys/block/sda/device/state
dmesg -c >/dev/null
echo "-- a page is read"
dd if=/dev/mapper/a of=/dev/null bs=4096 skip=3 count=1 status=none; echo "status $?"
log
echo "-- part of a page is written, which has to be read first"
printf x | dd of=/dev/mapper/a bs=1 seek=40970 conv=notrunc status=none; echo "status $?"
log
echo "-- one page is written, and written back by the last close"
dd if=/dev/zero of=/dev/mapper/a bs=4096 count=1 status=none; echo "status $?"
log
echo "-- three, with fsync"
dd if=/dev/zero of=/dev/mapper/a bs=4096 seek=5 count=3 conv=fsync,notrunc status=none; echo "status $?"
log
sleep 6
echo "-- a device of 4099 sectors has blocks of 512 bytes"
dd if=/dev/mapper/odd of=/dev/null bs=512 skip=3 count=1 status=none; echo "status $?"
log
sleep 6
echo "-- twelve pages"
dd if=/dev/zero of=/dev/mapper/a bs=4096 seek=20 count=12 conv=notrunc status=none; echo "status $?"
log
sleep 6
dd if=/dev/mapper/a of=/dev/null bs=4096 skip=9 count=1 status=none; echo "status $?"
log
echo "-- direct I/O tells its caller, and no one else"
dd if=/dev/zero of=/dev/mapper/a bs=4096 count=1 oflag=direct status=none; echo "status $?"
dd if=/dev/mapper/a of=/dev/null bs=4096 count=1 iflag=direct status=none; echo "status $?"
log

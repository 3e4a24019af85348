# a disk that grows: when the kernel hears of it, by a rescan or by I/O, with and without an access state
p() { dmesg -c | grep -o 'sd[ab:]* .*' | grep -v 'tag#\|Attached'; echo "-- $1"; }
modprobe scsi_debug dev_size_mb=8 virtual_gb=1 delay=0; sleep 1; p loaded
G=/sys/bus/pseudo/drivers/scsi_debug/virtual_gb; R=/sys/block/sda/device/rescan
echo 1 > $R; sleep 1; p "a rescan of nothing new"
echo 2 > $G; echo 1 > $R; sleep 1; cat /sys/block/sda/size; p "rescanned after a change"
echo 3 > $G; dd if=/dev/sda of=/dev/null bs=4k count=1 iflag=direct status=none; sleep 1; cat /sys/block/sda/size; p "read after a change"
echo 1 > $R; sleep 1; cat /sys/block/sda/size; p "rescanned after the read"
echo 3 > $G; echo 1 > $R; sleep 1; p "the same size again"
echo 1 > $G; dd if=/dev/zero of=/dev/sda bs=4k count=1 oflag=direct status=none; blockdev --getsz /dev/sda; echo offline > /sys/block/sda/device/state; echo running > /sys/block/sda/device/state; sleep 1; blockdev --getsz /dev/sda; p "offline and running again"
cat /sys/block/sda/device/ioerr_cnt /sys/block/sda/device/evt_capacity_change_reported

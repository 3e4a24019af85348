#udev
# What the kernel announces when a driver, a host, a target and a unit come and go: each has an event of its own, and the disk is one among ten. What comes with a scan comes in varying order, and is sorted.
udevadm monitor --kernel --property > /tmp/m & p=$!
sleep 1
n=3
said() { udevadm settle; sleep 1; echo "--- $1"; tail -n +$((n + 1)) /tmp/m | sed -E 's/^KERNEL\[[0-9.]+\] +//; /^(SEQNUM|DISKSEQ|ACTION|DEVPATH)=/d'; n=$(wc -l < /tmp/m); }
sorted() { said "$1" > /tmp/s; sed "s/^$/@/" /tmp/s | tr "\n" " " | tr "@" "\n" | sed "s/^ //" | sort; }
modprobe scsi_debug dev_size_mb=8 delay=0 num_parts=1; sorted modprobe
echo "0 0 1" > /sys/class/scsi_host/host0/scan; said "no such unit"
echo 2 > /sys/bus/pseudo/drivers/scsi_debug/max_luns; echo "0 0 1" > /sys/class/scsi_host/host0/scan; sorted "a second unit"
echo 1 > /sys/block/sda/device/delete; said "the first goes"
modprobe brd rd_nr=1 rd_size=1024; said brd
modprobe null_blk; said null_blk
udevadm info -q symlink -n ram0; udevadm info -n nullb0 | grep -vE 'USEC|DISKSEQ|^Q:'
dd if=/dev/zero of=/tmp/f bs=1M count=1 status=none; losetup /dev/loop9 /tmp/f; said loop9
rmmod brd; said "no brd"
rmmod scsi_debug; said "no scsi_debug"
kill $p; wait

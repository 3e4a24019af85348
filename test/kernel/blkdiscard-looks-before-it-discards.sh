# blkdiscard reads whatever could tell what is on the disk, unless it is forced: how often and where, on disks of many sizes.
modprobe scsi_debug dev_size_mb=80 delay=0 lbpu=1
t() { dmsetup message x 0 @stats_create - /$1 > /dev/null; }
p() { dmsetup message x 0 @stats_print 0 | awk '$2>0{print $1,$2,$4; n+=$2; s+=$4} END{print "total", n, s}'; dmsetup message x 0 @stats_delete 0; }
for s in 8 16 200 256 1001 2048 2880 2881 4099 16384 20480 140000; do
  echo "== $s sectors"
  dmsetup create x --table "0 $s linear 8:0 0"
  t 8; blkdiscard /dev/mapper/x; echo "status $?"; p
  dmsetup remove x
done
echo "== forced, with cached pages, secure, zeroes"
dmsetup create x --table "0 16384 linear 8:0 0"
t 1; blkdiscard -f /dev/mapper/x; echo "status $?"; p
t 4; dd if=/dev/mapper/x of=/dev/null bs=1M count=1 status=none; p
t 4; blkdiscard -v -o 1M -l 1M /dev/mapper/x; p
t 4; blkdiscard -z /dev/mapper/x; p
t 4; blkdiscard -s /dev/mapper/x; echo "status $?"; p
blkdiscard -f -s /dev/mapper/x; echo "status $?"
echo "== a disk that can't be read"
dmsetup reload x --table "0 16384 error"; dmsetup resume x
blkdiscard /dev/mapper/x; echo "status $?"; blkdiscard -f /dev/mapper/x; echo "status $?"
dmesg | tail -1 | sed 's/^[^]]*\] //'

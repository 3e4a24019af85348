# Loop devices whose file is a disk or a map: two page caches, what reaches the disk and when, errors from below, direct I/O, who is busy.
modprobe scsi_debug vpd_use_hostno=0 dev_size_mb=8 delay=0
modprobe brd rd_nr=1 rd_size=8192
S=$(blockdev --getsz /dev/sda)
dmsetup create m --table "0 $S linear /dev/sda 0"
count() { awk '{print $1, $3, $5, $7}' /sys/block/dm-0/stat; }
io() { local a=($(count)) b; "$@"; local rc=$?; b=($(count)); echo "rc=$rc map: reads $((b[0]-a[0])) sectors $((b[1]-a[1])) writes $((b[2]-a[2])) sectors $((b[3]-a[3]))"; }
losetup /dev/loop0 /dev/mapper/m; echo "rc=$?"
losetup -n -O NAME,SIZELIMIT,OFFSET,RO,DIO,LOG-SEC,BACK-FILE /dev/loop0 | tr -s ' '
cat /sys/block/loop0/loop/backing_file; blockdev --getsz /dev/loop0; dmsetup info -c --noheadings -o name,open
(cd /sys/block/loop0/queue && grep . rotational write_cache fua discard_max_bytes discard_granularity write_zeroes_max_bytes logical_block_size)
echo "== through two caches"
seq -w 1 2000 | head -c 8192 > /tmp/in
io dd if=/tmp/in of=/dev/loop0 bs=4k count=2 conv=notrunc status=none
io dd if=/tmp/in of=/dev/loop0 bs=4k count=2 seek=4 conv=fsync,notrunc status=none
io dd if=/tmp/in of=/dev/loop0 bs=4k count=2 seek=8 oflag=direct status=none
cmp -n 8192 /tmp/in /dev/mapper/m && echo "the map's cache has it"
io sync /dev/mapper/m
io dd if=/dev/loop0 of=/dev/null bs=4k count=4 skip=512 status=none
io dd if=/dev/loop0 of=/dev/null bs=4k count=4 skip=512 iflag=direct status=none
echo "== direct"
losetup --direct-io=on /dev/loop0; echo "rc=$?"; losetup -n -O DIO /dev/loop0 | tr -d ' '
io dd if=/tmp/in of=/dev/loop0 bs=4k count=2 seek=16 oflag=direct status=none
io dd if=/dev/loop0 of=/dev/null bs=4k count=2 skip=16 iflag=direct status=none
losetup --direct-io=off /dev/loop0
echo "== errors below"
dmsetup load m --table "0 $S error"; dmsetup suspend --nolockfs m; dmsetup resume m
dd if=/dev/loop0 of=/dev/null bs=4k count=1 skip=1024 iflag=direct status=none; echo "read rc=$?"
dd if=/tmp/in of=/dev/loop0 bs=4k count=1 seek=1024 oflag=direct status=none; echo "write rc=$?"
dd if=/tmp/in of=/dev/loop0 bs=4k count=1 seek=1025 conv=fsync,notrunc status=none; echo "fsync rc=$?"
dmsetup load m --table "0 $S linear /dev/sda 0"; dmsetup resume m
dd if=/dev/loop0 of=/dev/null bs=4k count=1 skip=1024 iflag=direct status=none; echo "read rc=$?"
echo "== busy"
dmsetup remove m; echo "rc=$?"
dmsetup create top --table "0 1024 linear /dev/loop0 0"; losetup -d /dev/loop0; losetup -n -O NAME,AUTOCLEAR /dev/loop0 | tr -s ' '
dmsetup remove top; losetup /dev/loop0; dmsetup remove m; echo "rc=$?"
echo "== a part of a disk, read-only"
losetup -r -o 4096 --sizelimit 65536 /dev/loop1 /dev/ram0; echo "rc=$?"; blockdev --getsz --getro /dev/loop1
dd if=/tmp/in of=/dev/ram0 bs=4k seek=1 oflag=direct status=none; cmp -n 8192 /tmp/in /dev/loop1 && echo same
dd if=/tmp/in of=/dev/loop1 bs=4k count=1 status=none; echo "rc=$?"
losetup -d /dev/loop1; losetup /dev/loop2 /dev/nosuch; echo "rc=$?"

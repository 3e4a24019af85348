#!/bin/bash
# What BLKDISCARD and BLKZEROOUT do with pages that are dirty, on disks with and without discards, suspended maps, read-only and held ones.
exec 2>&1
modprobe scsi_debug dev_size_mb=8 delay=0 add_host=1
modprobe brd rd_nr=1 rd_size=4096
dmsetup create m --table "0 2048 linear /dev/sda 0"
w() { awk '{ print "writes", $5, $7, "discards", $12, "flushes", $16 }' /sys/block/dm-0/stat; }
fill() { tr '\0' "$1" < /dev/zero | dd of=/dev/mapper/m bs=4k count=8 conv=notrunc iflag=fullblock status=none; }
show() { dd if=/dev/mapper/m bs=512 count=64 status=none | tr '\0' 0 | fold -w 512 | cut -c1 | uniq -c | tr '\n' ' '; echo; }
exec 7<> /dev/mapper/m
fill a; w
blkdiscard -f /dev/mapper/m; echo "rc=$?"; w; show
blkdiscard -f -z -o 4096 -l 8192 /dev/mapper/m; echo "rc=$?"; w; show; w
fill b; w
blkdiscard -f -z -o 512 -l 1024 /dev/mapper/m; echo "rc=$?"; w; show; w
sync /dev/mapper/m; w; show
dd if=/dev/mapper/m bs=4k count=8 iflag=direct status=none | tr '\0' 0 | fold -w 512 | cut -c1 | uniq -c | tr '\n' ' '; echo
blockdev --setro /dev/mapper/m; fill c; echo "rc=$?"
blkdiscard -f /dev/mapper/m; echo "rc=$?"; blkdiscard -f -z /dev/mapper/m; echo "rc=$?"; w
blockdev --setrw /dev/mapper/m
fill d; w
dmsetup suspend --noflush --nolockfs m
blkdiscard -f /dev/mapper/m; echo "rc=$?"
(blkdiscard -f -z -o 4096 -l 4096 /dev/mapper/m; echo "zeroed: rc=$?") > /tmp/z 2>&1 &
(blkdiscard -f -z -o 65536 -l 4096 /dev/mapper/m; echo "zeroed further on: rc=$?") > /tmp/y 2>&1 &
sleep 0.5; cat /tmp/z /tmp/y; w
dmsetup resume m; wait; cat /tmp/z /tmp/y; w; show
fill e; blkdiscard -f -o 0 -l 16384 /dev/ram0; echo "rc=$?"; cut -c1-40 < /sys/block/ram0/stat | wc -l
dmsetup create top --table "0 2048 linear /dev/mapper/m 0"
blkdiscard -z -o 0 -l 4096 /dev/mapper/m; echo "rc=$?"; w
blkdiscard -f -z -o 0 -l 4096 /dev/mapper/m; echo "rc=$?"; w; show
blkdiscard -f -z -o 4000 -l 4096 /dev/mapper/m; echo "rc=$?"
blkdiscard -f -z -o 4096 -l 1000 /dev/mapper/m; echo "rc=$?"
blkdiscard -f -o 0 -l 4096 /dev/sda; echo "rc=$?"
dmsetup remove top; exec 7<&-; w

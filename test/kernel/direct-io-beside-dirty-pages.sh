#!/bin/bash
# Direct I/O writes back, and drops, the dirty pages of its own range only.
exec 2>&1
modprobe scsi_debug dev_size_mb=8 delay=0 add_host=1
dmsetup create m --table "0 2048 linear /dev/sda 0"
w() { echo "$1: $(awk '{ print "reads", $1, $3, "writes", $5, $7 }' /sys/block/dm-0/stat)"; }
fill() { tr '\0' "$1" < /dev/zero | dd of=/dev/mapper/m bs=4k count=$2 seek=$3 conv=notrunc iflag=fullblock status=none; }
d() { dd if=/dev/zero of=/dev/mapper/m conv=notrunc oflag=direct status=none "$@"; }
r() { dd if=/dev/mapper/m of=/dev/null iflag=direct status=none "$@"; }
show() { dd if=/dev/mapper/m bs=512 count=160 status=none | tr '\0' 0 | fold -w 512 | cut -c1 | uniq -c | tr '\n' ' '; echo; }
exec 7<> /dev/mapper/m
fill a 8 0; w "eight dirty pages"
r bs=4k count=1 skip=16; w "a direct read elsewhere"
d bs=4k count=1 seek=17; w "a direct write elsewhere"
r bs=4k count=1 skip=2; w "a direct read of the third page"
d bs=4k count=1 seek=3; w "a direct write of the fourth"
d bs=512 count=1 seek=33; w "a direct write of a sector of the fifth"
show; w "all of it read"
d bs=8k count=1 seek=3; w "a direct write of the last two"
show; w "read again"
sync /dev/mapper/m; w "synced"
fill b 4 0; fill c 4 10; w "dirty again"
r bs=32k count=1; w "a direct read of the first eight"
r bs=64k count=1; w "a direct read of the first sixteen"
show; w "read again"
fill d 2 0; fill e 2 10; w "dirty again"
dmsetup load m --table "0 16 error
16 2032 linear /dev/sda 16"
dmsetup suspend --noflush --nolockfs m; dmsetup resume m
r bs=4k count=1 skip=20; echo "rc=$?"; w "a direct read elsewhere"
r bs=4k count=1 skip=10; echo "rc=$?"; w "a direct read of a dirty page"
r bs=4k count=1 skip=1; echo "rc=$?"; w "a direct read of one that can't be written"
r bs=4k count=1 skip=20; echo "rc=$?"; w "a direct read elsewhere"
d bs=4k count=1 seek=0; echo "rc=$?"; w "a direct write of one that can't be written"
d bs=4k count=1 seek=21; echo "rc=$?"; w "a direct write elsewhere"
sync /dev/mapper/m; echo "rc=$?"; w "synced"
exec 7>&-; w "closed"
dmesg | sed 's/^\[[^]]*\] //' | grep dm-0

# A buffered write completes in the page cache; sync, fsync or the last close bring it to the disk.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create d --table "0 8192 linear 1:0 0"
printf 'x%.0s' {1..4096} > /tmp/x
disk() { dd if=/dev/ram0 bs=4096 skip=$1 count=1 iflag=direct status=none | od -An -c -N4; }
exec 3<> /dev/mapper/d
dd if=/tmp/x of=/dev/mapper/d bs=4096 count=1 conv=notrunc status=none; echo "rc=$?"; disk 0
dd if=/dev/mapper/d bs=4096 count=1 status=none | cmp - /tmp/x && echo "reader sees it"
sync /dev/mapper/d; disk 0
dd if=/tmp/x of=/dev/mapper/d bs=4096 seek=1 count=1 conv=notrunc,fsync status=none; disk 1
dd if=/tmp/x of=/dev/mapper/d bs=4096 seek=2 count=1 conv=notrunc status=none; disk 2; blockdev --flushbufs /dev/mapper/d; disk 2
dd if=/tmp/x of=/dev/mapper/d bs=4096 seek=3 count=1 conv=notrunc status=none; disk 3; sync; disk 3
dd if=/tmp/x of=/dev/mapper/d bs=4096 seek=4 count=1 conv=notrunc status=none; disk 4; exec 3>&-; disk 4

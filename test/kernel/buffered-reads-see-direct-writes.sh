# A direct write is seen by the next buffered read; a write to the disk below a map is not, while the map's pages are cached.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create d --table "0 8192 linear 1:0 0"
exec 3< /dev/mapper/d
for c in a b c; do printf "$c%.0s" {1..4096} > /tmp/$c; done
r() { dd if=/dev/mapper/d bs=4096 count=1 status=none | head -c 2; echo; }
dd if=/tmp/a of=/dev/mapper/d bs=4096 count=1 oflag=direct status=none; r
dd if=/tmp/b of=/dev/mapper/d bs=4096 count=1 oflag=direct status=none; r
dd if=/tmp/c of=/dev/ram0 bs=4096 count=1 oflag=direct status=none; r
dd if=/dev/mapper/d bs=4096 count=1 iflag=direct status=none | head -c 2; echo; r
blockdev --flushbufs /dev/mapper/d; r
exec 3<&-

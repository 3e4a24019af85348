# A lesson: what the page cache hides.
modprobe brd rd_nr=1 rd_size=8192
dmsetup create d --table "0 16384 linear 1:0 0"
st() { awk -v n="$1" '{print n ": reads " $1 " (" $3 ") writes " $5 " (" $7 ")"}' /sys/block/dm-0/stat; }
exec 3<> /dev/mapper/d
dd if=/dev/mapper/d of=/dev/null bs=4k count=1 status=none; st "one page"
dd if=/dev/mapper/d of=/dev/null bs=4k count=1 status=none; st "again"
dd if=/dev/mapper/d of=/dev/null bs=4k count=64 status=none; st "256k"
dd if=/dev/mapper/d of=/dev/null bs=4k count=1 skip=1500 status=none; st "far"
dd if=/dev/mapper/d of=/dev/null bs=1M count=8 status=none; st "all"
echo 1 > /proc/sys/vm/drop_caches; dd if=/dev/mapper/d of=/dev/null bs=1M count=1 status=none; st "dropped"
dd if=/dev/zero of=/dev/mapper/d bs=4k count=10 conv=notrunc status=none; st "written"
sync; st "synced"
dd if=/dev/zero of=/dev/mapper/d bs=1k count=10 seek=100 conv=notrunc status=none; sync; st "small"
dd if=/dev/zero of=/dev/mapper/d bs=512 count=1 seek=9 conv=notrunc,fsync status=none; st "fsync"
dd if=/dev/zero of=/dev/mapper/d bs=4k count=4 oflag=direct conv=notrunc status=none; st "direct"
dd if=/dev/zero of=/dev/mapper/d bs=4k count=4 oflag=sync conv=notrunc status=none; st "sync"
dd if=/dev/zero of=/dev/mapper/d bs=4k count=4 oflag=dsync conv=notrunc status=none; st "dsync"
blockdev --flushbufs /dev/mapper/d; st "flushed"
head -c 100 /dev/mapper/d | wc -c; st "head"
cat /dev/mapper/d | wc -c; st cat
cmp /dev/mapper/d /dev/ram0 && echo same; st cmp; exec 3>&-; st closed

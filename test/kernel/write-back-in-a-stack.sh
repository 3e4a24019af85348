modprobe brd rd_nr=1 rd_size=16384
dmsetup create low --table "0 32768 linear 1:0 0"; dmsetup create up --table "0 32768 linear 254:0 0"
m() { echo "$1 $(awk '/^Dirty/{print $2}' /proc/meminfo) $(awk '{print $5,$7}' /sys/block/dm-0/stat) $(awk '{print $5,$7}' /sys/block/dm-1/stat)"; }
exec 3<> /dev/mapper/up 4<> /dev/mapper/low 5<> /dev/ram0
dd if=/dev/zero of=/dev/mapper/up bs=4k count=4 conv=notrunc status=none; sleep 2; m a; sleep 6; m b
dd if=/dev/zero of=/dev/mapper/low bs=4k count=4 conv=notrunc status=none; sleep 2; m c; blockdev --flushbufs /dev/mapper/low; sleep 2; m d
dd if=/dev/zero of=/dev/ram0 bs=4k count=4 conv=notrunc status=none; sleep 2; sync /dev/ram0; sleep 2; m e
dd if=/dev/zero of=/dev/mapper/up bs=1M count=2 conv=notrunc status=none; dmsetup suspend low; sleep 8; m f; cat /sys/block/dm-1/inflight | tr -s ' '; dmsetup resume low; sleep 2; m g
dd if=/dev/zero of=/dev/mapper/up bs=64k count=1 conv=notrunc status=none; exec 3>&-; sleep 2; m h; echo 2 > /proc/sys/vm/drop_caches; dd if=/dev/mapper/low of=/dev/null bs=4k count=8 status=none; m i

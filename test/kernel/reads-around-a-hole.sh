# How many reads a map with a hole of errors gets from programs that seek, skip and go on after errors.
modprobe brd rd_nr=1 rd_size=4096
printf '0 40 linear 1:0 0\n40 3 error\n43 85 linear 1:0 43\n' | dmsetup create h
c() { read -r r _ s _ < /sys/block/dm-0/stat; "$@" > /dev/null 2>&1; local rc=$?; read -r r2 _ s2 _ < /sys/block/dm-0/stat; echo "$rc $((r2 - r)) $((s2 - s)) $*"; echo 1 > /proc/sys/vm/drop_caches; }
for k in 0 10 14 15 16 20 21; do c dd if=/dev/mapper/h bs=1000 skip=$k count=10 conv=noerror; done
c dd if=/dev/mapper/h bs=1000 conv=noerror,sync; c dd if=/dev/mapper/h bs=1 skip=21000 count=600; c dd if=/dev/mapper/h bs=1 skip=20000 count=600 conv=noerror; c dd if=/dev/mapper/h bs=3000 skip=5 count=4 conv=noerror; c dd if=/dev/mapper/h bs=5000 count=9 conv=noerror,sync; c dd if=/dev/mapper/h bs=512 skip=39 count=5 conv=noerror
for j in 0 16384 20000 20480 22016 30000; do c od -j $j /dev/mapper/h; c tail -c +$j /dev/mapper/h; c od -j $j -N 100 /dev/mapper/h; done
c cmp -i 20000 /dev/mapper/h /dev/ram0; c cmp -i 22016 /dev/mapper/h /dev/ram0; c head -c 21000 /dev/mapper/h; c cat /dev/mapper/h; c tail -c 100 /dev/mapper/h; c md5sum /dev/mapper/h; c grep -c x /dev/mapper/h; c wc -c /dev/mapper/h; c cp /dev/mapper/h /tmp/x; c head -n 1 /dev/mapper/h; c tail -n 1 /dev/mapper/h

# How many reads of what size a disk sees of a program that reads through the page cache.
modprobe null_blk nr_devices=1 gb=1 queue_mode=2
D=/dev/nullb0
stat() { sleep 0.01; read -r r _ s _ < /sys/block/nullb0/stat; echo "$1: $((r - R)) reads, $((s - S)) sectors"; R=$r; S=$s; }
R=0; S=0; stat start >/dev/null
drop() { blockdev --flushbufs $D; }
dd if=$D of=/dev/null bs=4096 count=1 status=none; stat "4 KiB at 0"
dd if=$D of=/dev/null bs=512 count=1 status=none; stat "512 at 0"
dd if=$D of=/dev/null bs=4096 skip=100 count=1 status=none; stat "4 KiB at 100"
dd if=$D of=/dev/null bs=4096 count=2 status=none; stat "2 x 4 KiB"
dd if=$D of=/dev/null bs=4096 count=4 status=none; stat "4 x 4 KiB"
dd if=$D of=/dev/null bs=4096 count=16 status=none; stat "16 x 4 KiB"
dd if=$D of=/dev/null bs=4096 count=64 status=none; stat "64 x 4 KiB"
dd if=$D of=/dev/null bs=4096 count=256 status=none; stat "256 x 4 KiB"
dd if=$D of=/dev/null bs=64k count=1 status=none; stat "64 KiB at 0"
dd if=$D of=/dev/null bs=64k count=4 status=none; stat "4 x 64 KiB"
dd if=$D of=/dev/null bs=1M count=1 status=none; stat "1 MiB at 0"
dd if=$D of=/dev/null bs=1M count=4 status=none; stat "4 x 1 MiB"
dd if=$D of=/dev/null bs=1M skip=7 count=1 status=none; stat "1 MiB at 7"
dd if=$D of=/dev/null bs=8k skip=7 count=1 status=none; stat "8 KiB at 7"
dd if=$D of=/dev/null bs=8k skip=7 count=5 status=none; stat "5 x 8 KiB at 7"
cat /sys/block/nullb0/queue/read_ahead_kb
head -c 1000 $D >/dev/null; stat "head -c 1000"
head -c 100000 $D >/dev/null; stat "head -c 100000"
cmp -n 300000 $D /dev/zero; stat "cmp 300000"
cat /sys/block/nullb0/queue/max_sectors_kb
exec 5<$D
dd bs=4096 count=1 of=/dev/null status=none <&5; stat "shared: 1 x 4k"
dd bs=4096 count=1 of=/dev/null status=none <&5; stat "shared: 1 x 4k more"
dd bs=4096 count=8 of=/dev/null status=none <&5; stat "shared: 8 x 4k more"
dd bs=4096 count=3 skip=50 of=/dev/null status=none <&5; stat "shared: 3 x 4k, 50 on"
exec 5<&-

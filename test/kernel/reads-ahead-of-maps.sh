# What is read ahead of a map reaches its paths as reads of their own; limits, ends and what is cached already part it.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
of() { read -r r _ s _ < /sys/block/$1/stat; echo "$1 $r $s"; }
all() { sleep 0.01; echo "$1"; shift; for d in "$@"; do of $d; done; }
all start sda sdb
cat /sys/block/sda/queue/read_ahead_kb /sys/block/sda/queue/max_sectors_kb
dd if=/dev/sda of=/dev/null bs=4096 count=40 status=none; all "40 pages of sda" sda
dd if=/dev/sda of=/dev/null bs=1M count=3 status=none; all "3 MiB" sda
dd if=/dev/sda of=/dev/null bs=64k skip=126 status=none; all "the end" sda
dd if=/dev/sda of=/dev/null bs=4096 skip=2040 status=none; all "the last pages" sda
S=$(blockdev --getsz /dev/sda)
dmsetup create mp --table "0 $S multipath 2 queue_mode bio 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
cat /sys/block/dm-0/queue/read_ahead_kb
dd if=/dev/mapper/mp of=/dev/null bs=4096 count=40 status=none; all "a map" dm-0 sda sdb
dd if=/dev/mapper/mp of=/dev/null bs=128k count=8 status=none; all "1 MiB of it" dm-0 sda sdb
blockdev --setra 64 /dev/mapper/mp
dd if=/dev/mapper/mp of=/dev/null bs=4096 count=40 status=none; all "with 8 pages ahead" dm-0 sda sdb
blockdev --setra 0 /dev/mapper/mp
dd if=/dev/mapper/mp of=/dev/null bs=16k count=4 status=none; all "with none" dm-0 sda sdb
blockdev --setra 256 /dev/mapper/mp
echo "-- an open file remembers, and finds what others have read"
exec 5</dev/mapper/mp
dd bs=4096 count=5 of=/dev/null status=none <&5; all "5 pages" dm-0
dd if=/dev/mapper/mp of=/dev/null bs=4096 skip=20 count=2 status=none; all "2 of another's, at 20" dm-0
dd if=/dev/mapper/mp of=/dev/null bs=4096 skip=100 count=3 status=none; all "3 at 100" dm-0
dd bs=4096 count=20 of=/dev/null status=none <&5; all "20 more" dm-0
dd if=/dev/mapper/mp of=/dev/null bs=4096 skip=104 count=1 status=none; all "1 after those" dm-0
dd if=/dev/mapper/mp of=/dev/null bs=4096 skip=99 count=8 status=none; all "8 around them" dm-0
exec 5<&-
echo "-- another map of an odd size"
dmsetup create odd --table "0 1001 linear 8:0 0"
dd if=/dev/mapper/odd of=/dev/null bs=64k status=none; all "all of 1001 sectors" dm-1 sda
echo "-- while a map is suspended nothing is read ahead, but what is asked for waits"
dmsetup suspend mp
dd if=/dev/mapper/mp of=/dev/null bs=4096 skip=500 count=1 status=none && echo "read" &
sleep 1
dmsetup resume mp
wait
all "1 page" dm-0 sda sdb

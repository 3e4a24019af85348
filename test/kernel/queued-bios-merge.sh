# Bios that waited inside a map are sent on together when a path is back: neighbours become one request.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
S=$(blockdev --getsz /dev/sda)
dmsetup create q --table "0 $S multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
counts() { awk '{print $1, $2, $3, $5, $6, $7}' /sys/block/sda/stat /sys/block/sdb/stat /sys/block/dm-0/stat; }
lose() { for p in 8:0 8:16; do dmsetup message q 0 fail_path $p; done; }
write() { for at; do dd if=/dev/zero of=/dev/mapper/q bs=4k seek=$at count=1 oflag=direct status=none & sleep 0.1; done; }
back() { sleep 0.5; for p; do dmsetup message q 0 reinstate_path $p; sleep 0.5; done; wait; counts; }
echo "-- neighbours, one path"
lose; write 1 2 3; back 8:0
echo "-- backwards"
write 13 12 11; lose; write 23 22 21; back 8:0
echo "-- with gaps"
lose; write 31 33 35; back 8:0
echo "-- one after the other, with a stranger between"
lose; write 41 50 42 51 43; back 8:0
echo "-- the queue may not merge"
echo 2 > /sys/block/sda/queue/nomerges
lose; write 61 62 63; back 8:0
echo "-- both paths are back"
echo 0 > /sys/block/sda/queue/nomerges
lose; write 71 72 73 74; back 8:0 8:16
echo "-- the map gives up"
lose; write 81 82 2>/dev/null; sleep 0.5; dmsetup message q 0 fail_if_no_path; sleep 0.5; wait; counts
dmsetup remove q

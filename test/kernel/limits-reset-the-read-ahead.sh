# A change of most queue settings sets the read-ahead anew, whatever it was; none may exceed what the disk takes at once.
modprobe scsi_debug dev_size_mb=16 delay=0 lbpu=1
modprobe brd rd_nr=1 rd_size=4096
dmsetup create a --table "0 16384 linear 8:0 0"
dmsetup create s --table "0 8192 striped 2 64 8:0 16384 1:0 0" 2>/dev/null || dmsetup create s --table "0 8192 striped 2 64 8:0 16384 1:0 0"
for d in sda dm-0 ram0; do
  cd /sys/block/$d/queue; echo "== $d"
  for f in add_random iostats rotational stable_writes nomerges rq_affinity write_cache discard_max_bytes max_sectors_kb io_timeout scheduler nr_requests wbt_lat_usec read_ahead_kb; do
    [ -e $f ] || continue
    v=$(sed 's/.*\[//;s/\].*//' $f); echo 60 > read_ahead_kb
    { echo "$v" > $f; } 2>/dev/null; echo "$f $? $(cat read_ahead_kb)"
  done
  echo 60 > read_ahead_kb; { echo x > rotational; } 2>/dev/null; echo "x $? $(cat read_ahead_kb)"
  for kb in 4 100 1000 16383 16384 16385 99999999 0 3; do { echo $kb > max_sectors_kb; } 2>/dev/null; echo "max_sectors_kb $kb: $? $(cat max_sectors_kb) $(cat ../bdi/read_ahead_kb)"; done
done
cat /sys/block/dm-1/queue/{chunk_sectors,minimum_io_size,optimal_io_size,read_ahead_kb}
dmsetup create t --table "0 8 linear 254:1 0"; cat /sys/block/dm-2/queue/{chunk_sectors,minimum_io_size,optimal_io_size,read_ahead_kb}
dmsetup create u --table "0 8192 striped 2 24 8:0 0 254:1 0"; cat /sys/block/dm-3/queue/{chunk_sectors,minimum_io_size,optimal_io_size,read_ahead_kb}
echo 60 > /sys/block/dm-0/queue/read_ahead_kb; dmsetup suspend a; dmsetup resume a; cat /sys/block/dm-0/queue/read_ahead_kb; dmsetup reload a --table "0 16384 linear 8:0 8"; dmsetup suspend a; dmsetup resume a; cat /sys/block/dm-0/queue/read_ahead_kb

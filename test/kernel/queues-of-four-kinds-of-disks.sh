# Sysfs attributes of queues that storage people tune.
modprobe scsi_debug dev_size_mb=16 sector_size=4096; modprobe brd rd_nr=1 rd_size=16384; modprobe null_blk nr_devices=1 gb=1
sleep 1
dmsetup create st --table "0 16384 striped 2 64 1:0 0 1:0 16384"
for d in sda ram0 nullb0 dm-0; do
  echo "== $d"
  for a in logical_block_size physical_block_size minimum_io_size optimal_io_size max_sectors_kb max_hw_sectors_kb max_segments nr_requests read_ahead_kb rotational scheduler write_cache fua discard_granularity discard_max_bytes write_zeroes_max_bytes nomerges rq_affinity add_random iostats dax zoned; do
    printf '%s=' $a; cat /sys/block/$d/queue/$a 2>&1
  done
done
echo 64 > /sys/block/sda/queue/max_sectors_kb; cat /sys/block/sda/queue/max_sectors_kb
echo 99999 > /sys/block/sda/queue/max_sectors_kb; echo $?
echo 0 > /sys/block/dm-0/queue/iostats; cat /sys/block/dm-0/queue/iostats
echo none > /sys/block/sda/queue/scheduler; cat /sys/block/sda/queue/scheduler
echo write through > /sys/block/sda/queue/write_cache; cat /sys/block/sda/queue/write_cache
echo 256 > /sys/block/dm-0/queue/read_ahead_kb; blockdev --getra /dev/mapper/st

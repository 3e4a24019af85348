# /sys/block/*/queue of a SCSI disk, a ram disk, a null disk, a loop device and maps on them: what can be written, what comes back, what a map inherits.
modprobe scsi_debug vpd_use_hostno=0 dev_size_mb=8 delay=0 physblk_exp=3 opt_blks=64 lbpu=1; modprobe brd rd_nr=1 rd_size=4096; modprobe null_blk nr_devices=1 gb=1
truncate -s 4M /tmp/img; losetup /dev/loop0 /tmp/img
dmsetup create ms --table "0 8192 linear 8:0 0"; dmsetup create mr --table "0 8192 linear 1:0 0"; dmsetup create ml --table "0 8192 linear 7:0 0"; printf '0 4096 linear 8:0 8192\n4096 4096 linear 1:0 0\n' | dmsetup create mm
dmsetup create mp --table "0 8192 multipath 0 0 1 1 round-robin 0 1 1 /dev/nullb0 1"
for a in add_random chunk_sectors dax discard_granularity discard_max_bytes discard_max_hw_bytes fua hw_sector_size io_poll io_timeout iostats logical_block_size max_hw_sectors_kb max_sectors_kb max_segments max_segment_size minimum_io_size nomerges nr_requests optimal_io_size physical_block_size read_ahead_kb rotational rq_affinity scheduler stable_writes write_cache write_same_max_bytes write_zeroes_max_bytes zoned dma_alignment virt_boundary_mask wbt_lat_usec; do
  printf '%-22s' $a; for d in sda ram0 nullb0 loop0 dm-0 dm-1 dm-2 dm-3 dm-4; do printf ' %s' "$(cat /sys/block/$d/queue/$a 2>/dev/null || echo -)"; done; echo
done
w() { for d in sda ram0 loop0 dm-0 dm-4; do [ -e /sys/block/$d/queue/$1 ] || continue; o=$( { echo "$2" > /sys/block/$d/queue/$1; } 2>&1 ); r=$?; echo "$d $1=$2: $r ${o##*: } -> $(cat /sys/block/$d/queue/$1)"; done; }
w max_sectors_kb 64; w max_sectors_kb 0; w max_sectors_kb 999999; w max_sectors_kb 4; w max_sectors_kb x; w nr_requests 1; w nr_requests 32; w nr_requests 100000; w read_ahead_kb 512; w read_ahead_kb 3; w read_ahead_kb -1
w rotational 0; w rotational 7; w nomerges 1; w nomerges 2; w nomerges 3; w rq_affinity 2; w iostats 0; w scheduler none; w scheduler mq-deadline; w scheduler bogus; w write_cache "write back"; w write_cache "write through"; w write_cache x; w discard_max_bytes 65536; w discard_max_bytes 1; w io_timeout 1000; w io_timeout 0; w add_random 1; w io_poll 1; w wbt_lat_usec 1000
echo "-- a map made now"; dmsetup create late --table "0 8192 linear 8:0 0"; for a in max_sectors_kb max_hw_sectors_kb read_ahead_kb rotational write_cache discard_max_bytes nomerges iostats add_random; do echo "$a $(cat /sys/block/dm-5/queue/$a)"; done
dmsetup load ms --table "0 8192 linear 8:0 0"; dmsetup resume ms; for a in max_sectors_kb read_ahead_kb rotational write_cache discard_max_bytes; do echo "$a $(cat /sys/block/dm-0/queue/$a)"; done
dd if=/dev/zero of=/dev/mapper/late bs=64k count=4 oflag=direct status=none; awk '{print "late", $1, $5, $7}' /sys/block/dm-5/stat; awk '{print "sda", $5}' /sys/block/sda/stat

# Attributes of queues: of a disk, of a ram disk and of maps over them, and what a write of each does.
modprobe scsi_debug dev_size_mb=8 delay=0 sector_size=4096 physblk_exp=0; modprobe brd rd_nr=1 rd_size=4096
dmsetup create l --table "0 8192 linear 8:0 0"; dmsetup create r --table "0 4096 linear 1:0 0"
for d in sda ram0 dm-0 dm-1; do for a in logical_block_size physical_block_size minimum_io_size optimal_io_size rotational read_ahead_kb nomerges rq_affinity add_random iostats write_cache fua max_sectors_kb max_segments; do echo "$d $a $(cat /sys/block/$d/queue/$a 2>&1)"; done; done
for d in sda dm-0; do for v in 0 1 2 x -1 ''; do for a in nomerges iostats rotational read_ahead_kb max_sectors_kb; do echo "$v" 2>/dev/null > /sys/block/$d/queue/$a; echo "$d $a '$v' rc=$? $(cat /sys/block/$d/queue/$a)"; done; done; done
echo "write through" > /sys/block/sda/queue/write_cache; echo "rc=$? $(cat /sys/block/sda/queue/write_cache) $(cat /sys/block/dm-0/queue/write_cache)"; echo 4096 > /sys/block/sda/queue/logical_block_size; echo "rc=$?"

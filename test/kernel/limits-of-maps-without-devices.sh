# maps without devices and mixed ones: limits, discards, reads and writes, their statistics
modprobe scsi_debug dev_size_mb=8 delay=0 lbpu=1
q() { for a in max_segments max_discard_segments max_segment_size max_sectors_kb discard_max_bytes discard_granularity write_zeroes_max_bytes write_cache fua minimum_io_size rotational; do printf '%s=%s ' $a "$(cat /sys/block/$1/queue/$a)"; done; echo; }
dmsetup create z --table "0 2048 zero"; dmsetup create e --table "0 2048 error"; dmsetup create l --table "0 2048 linear /dev/sda 0"
printf '0 1024 zero\n1024 1024 error\n' | dmsetup create ze; printf '0 1024 linear /dev/sda 0\n1024 1024 error\n' | dmsetup create le; printf '0 1024 linear /dev/sda 0\n1024 1024 zero\n' | dmsetup create lz; dmsetup create zz --table "0 2048 linear /dev/mapper/z 0"
for i in 0 1 2 3 4 5 6; do q dm-$i; done
for m in z e l ze le lz zz; do blkdiscard /dev/mapper/$m; echo "$m discard rc=$?"; blkdiscard -z -l 4096 /dev/mapper/$m; echo "$m zero rc=$?"; dd if=/dev/zero of=/dev/mapper/$m bs=256k count=2 oflag=direct status=none; echo "$m write rc=$?"; dd if=/dev/mapper/$m of=/dev/null bs=256k count=2 iflag=direct status=none; echo "$m read rc=$?"; done 2>&1
for i in 0 1 2 3 4 5 6; do awk '{print $1,$2,$3,$5,$6,$7,$12,$14}' /sys/block/dm-$i/stat; done

# How many discards a disk and the maps above it get for one BLKDISCARD: aligned, with a start or an end within a granule, beyond the limit, on a partition.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=16 lbpu=1 unmap_granularity=8 unmap_max_blocks=1024 delay=0; sleep 0.5
st() { awk '{ printf "%s %s ", $12, $14 }' /sys/block/$1/stat; }
d() { dev=$1; shift; blkdiscard -f "$@" /dev/$dev 2>/dev/null; printf '%s %s: ' "$?" "$*"; for x in $watched; do printf "$x "; st $x; done; echo; }
all() { d $1 -o 0 -l 4096; d $1 -o 4096 -l 65536; d $1 -o 512 -l 4096; d $1 -o 512 -l 65536; d $1 -o 0 -l 65024; d $1 -o 3584 -l 1024; d $1 -o 0 -l 524288; d $1 -o 0 -l 1048576; d $1 -o 512 -l 1048576; d $1 -o 1048064 -l 1049088; d $1 -o 512 -l 512; d $1 -o 0 -l 4194304 -p 1M; d $1; }
watched=sda; all sda
echo '-- linear'; dmsetup create m --table "0 16384 linear /dev/sda 0"; watched='dm-0 sda'; all mapper/m; dmsetup remove m
echo '-- linear, shifted by 3'; dmsetup create m --table "0 16384 linear /dev/sda 3"; all mapper/m; dmsetup remove m
echo '-- striped'; dmsetup create m --table "0 16384 striped 2 64 /dev/sda 0 /dev/sda 8192"; all mapper/m; dmsetup remove m
echo '-- two linear'; dmsetup create m --table "0 1020 linear /dev/sda 0
1020 15364 linear /dev/sda 1024"; all mapper/m; dmsetup remove m
echo '-- multipath'; dmsetup create m --table "0 16384 multipath 0 0 1 1 round-robin 0 1 1 8:0 1"; all mapper/m; dmsetup remove m
echo '-- bio multipath'; dmsetup create m --table "0 16384 multipath 2 queue_mode bio 0 1 1 round-robin 0 1 1 8:0 1"; all mapper/m; dmsetup remove m

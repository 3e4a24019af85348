# Discards, secure erase and zeroes through linear, striped, multipath and error: limits, results, what the disk holds afterwards.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=16 lbpu=1 lbpws=1 unmap_granularity=8 unmap_max_blocks=2048 delay=0
modprobe null_blk nr_devices=1 memory_backed=1 discard=1 gb=1
lim() { for a in discard_granularity discard_max_bytes discard_max_hw_bytes write_zeroes_max_bytes max_discard_segments; do printf '%s ' "$(cat /sys/block/$1/queue/$a)"; done; echo; }
lim sda; lim nullb0
fill() { tr '\0' x < /dev/zero | dd of=$1 bs=64k count=16 oflag=direct iflag=fullblock status=none; }
look() { dd if=$1 bs=64k count=16 iflag=direct status=none | od -An -c -w65536 | cut -c1-8 | uniq -c; }
try() { echo "-- $1"; dmsetup create d --table "$2" || return; lim dm-0; fill /dev/mapper/d; blkdiscard -f -o 65536 -l 131072 /dev/mapper/d; echo "discard $?"; blkdiscard -f -z -o 262144 -l 65536 /dev/mapper/d; echo "zeroes $?"; blkdiscard -f -s -o 0 -l 65536 /dev/mapper/d; echo "secure $?"; look /dev/mapper/d; blkdiscard -f -o 512 -l 4096 /dev/mapper/d; echo "odd $?"; blkdiscard -f /dev/mapper/d; echo "all $?"; look /dev/mapper/d; dmsetup remove d; }
try linear "0 16384 linear /dev/sda 0"
try 'linear, odd start' "0 16384 linear /dev/sda 3"
try striped "0 16384 striped 2 128 /dev/sda 0 /dev/sda 8192"
try 'striped on two kinds' "0 16384 striped 2 128 /dev/sda 0 /dev/nullb0 0"
try multipath "0 16384 multipath 0 0 1 1 round-robin 0 1 1 /dev/sda 1"
try 'bio multipath' "0 16384 multipath 2 queue_mode bio 0 1 1 round-robin 0 1 1 /dev/sda 1"
try delay "0 16384 delay /dev/sda 0 0"
try flakey "0 16384 flakey /dev/sda 0 60 0"
try 'linear and zero' "0 8192 linear /dev/sda 0
8192 8192 zero"
try 'linear and error' "0 8192 linear /dev/sda 0
8192 8192 error"
dmesg | sed 's,^[^]]*] ,,' | grep 'I/O error\|device-mapper: table'

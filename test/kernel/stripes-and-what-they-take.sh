exec 2>&1
modprobe brd rd_nr=4 rd_size=8192
# stripes: layout, limits, discards, zeroes
for t in '0 4096 striped 2 8 /dev/ram0 0 /dev/ram1 0' '0 4095 striped 2 8 /dev/ram0 0 /dev/ram1 0' '0 4098 striped 3 8 /dev/ram0 0 /dev/ram1 0 /dev/ram2 0' '0 4096 striped 2 7 /dev/ram0 0 /dev/ram1 0' '0 4096 striped 2 4 /dev/ram0 0 /dev/ram1 0' '0 4080 striped 3 8 /dev/ram0 0 /dev/ram1 8 /dev/ram2 16' '0 4096 striped 1 8 /dev/ram0 0' '0 4096 striped 0 8' '0 4096 striped 2 8 /dev/ram0 0' '0 4096 striped 2 8 /dev/ram0 0 /dev/ram1 x' '0 40960 striped 2 8 /dev/ram0 0 /dev/ram1 0' '0 4096 striped 2 2048 /dev/ram0 0 /dev/ram1 0' '0 4096 striped 2 0 /dev/ram0 0 /dev/ram1 0' '0 4096 striped 2 8 /dev/ram0 0 /dev/ram0 4096'; do
  dmsetup create s --table "$t"; echo "rc $? $t"
  [ -e /dev/mapper/s ] && { dmsetup table s; dmsetup status s; blockdev --getiomin --getioopt --getalignoff --getdiscardzeroes /dev/mapper/s; dmsetup remove s; }
done
dmsetup create s --table '0 96 striped 3 16 /dev/ram0 0 /dev/ram1 8 /dev/ram2 0'
for i in $(seq 0 11); do printf '%4095s\n' "page $i"; done | dd of=/dev/mapper/s bs=4k oflag=direct status=none iflag=fullblock; echo "rc $?"
for r in 0 1 2; do echo "ram$r: $(dd if=/dev/ram$r bs=4k count=6 iflag=direct status=none | tr -s '\0 \n' ' ')"; done
dd if=/dev/mapper/s bs=48k count=1 iflag=direct status=none | tr -s ' \n' ' '; echo
blkdiscard -f -o 8192 -l 16384 /dev/mapper/s; echo "rc $?"
dd if=/dev/mapper/s bs=48k count=1 iflag=direct status=none | tr -s '\0 \n' ' '; echo
blkdiscard -z -o 0 -l 4096 /dev/mapper/s; echo "rc $?"; blkdiscard -o 1 -l 512 /dev/mapper/s; echo "rc $?"; blkdiscard -f -o 40960 -l 16384 /dev/mapper/s; echo "rc $?"; blkdiscard -s /dev/mapper/s; echo "rc $?"
dd if=/dev/mapper/s bs=48k count=1 iflag=direct status=none | tr -s '\0 \n' ' '; echo
for a in discard_granularity discard_max_bytes discard_max_hw_bytes write_zeroes_max_bytes max_sectors_kb chunk_sectors minimum_io_size optimal_io_size; do echo "$a $(cat /sys/block/dm-0/queue/$a) $(cat /sys/block/ram0/queue/$a)"; done
dmsetup create z --table '0 64 zero'; blkdiscard -f /dev/mapper/z; echo "rc $?"; dmsetup create e --table '0 64 error'; blkdiscard -f /dev/mapper/e; echo "rc $?"; blkdiscard -f -z /dev/mapper/e; echo "rc $?"
dmsetup create x --table '0 64 linear /dev/ram3 0
64 64 zero'; blkdiscard -f /dev/mapper/x; echo "rc $?"; blkdiscard -fz /dev/mapper/x; echo "rc $?"; cat /sys/block/dm-3/queue/discard_max_bytes

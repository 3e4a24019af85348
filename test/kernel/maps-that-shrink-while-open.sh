modprobe brd rd_nr=2 rd_size=8192
dmsetup create d --table "0 16384 linear 1:0 0"; exec 3<> /dev/mapper/d
printf 'end' | dd of=/dev/mapper/d bs=1 seek=8388600 conv=notrunc status=none; dd if=/dev/mapper/d bs=1 skip=8388600 count=3 status=none; echo
dmsetup reload d --table "0 8192 linear 1:0 0"; dmsetup resume d; blockdev --getsz /dev/mapper/d; dd if=/dev/mapper/d bs=1 skip=8388600 count=3 status=none | wc -c
dd if=/dev/mapper/d of=/dev/null bs=1M 2>&1 | sed 's/, .*//'; dd if=/dev/zero of=/dev/mapper/d bs=1M 2>&1 | sed 's/, .*//'; grep -E ' dm-0' /proc/partitions | tr -s ' '
printf '0 16384 linear 1:0 0\n16384 16384 linear 1:1 0\n' | dmsetup reload d; dmsetup resume d; blockdev --getsize64 /dev/mapper/d; dd if=/dev/zero of=/dev/mapper/d bs=1M seek=15 2>&1 | sed 's/, .*//'
dmsetup reload d --table "0 16385 linear 1:0 0"; echo $?; dmsetup reload d --table "0 9 linear 1:0 0"; dmsetup resume d; blockdev --getsz --getbsz /dev/mapper/d; dd if=/dev/mapper/d of=/dev/null bs=4k 2>&1 | sed 's/, .*//'; cat /sys/block/dm-0/queue/logical_block_size; head -c 5000 /dev/zero > /dev/mapper/d; echo $?; exec 3>&-
dmsetup reload d --table "0 0 linear 1:0 0"; echo $?; dmsetup clear d; echo $?; dmsetup wipe_table d; dmsetup table d; dmesg | grep -E "device-mapper|dm-0" | sed 's/^[^]]*\] //' | tail -6

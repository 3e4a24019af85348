# A page has as many blocks as the device's length allows; what is read, written, dirty and lost is a block.
modprobe brd rd_nr=1 rd_size=8192
log() { dmesg -c | sed 's/^\[[^]]*\] //' | grep -E 'Buffer'; }
st() { read -r a b c _ e f g _ < /sys/block/dm-0/stat; echo "  reads $a sectors $c, writes $e sectors $g"; }
log > /dev/null
for n in 8000 8004 8002 8001; do dmsetup create t --table "0 $n linear /dev/ram0 0"; echo "$n sectors: $(blockdev --getbsz /dev/mapper/t)"; dmsetup remove t; done
dmsetup create t --table "0 8002 linear /dev/ram0 0"; exec 3< /dev/mapper/t; st
echo "a byte"; printf x | dd of=/dev/mapper/t bs=1 seek=1500 conv=notrunc,fsync status=none; st
echo "1 KiB at 1 KiB"; head -c 1024 /dev/zero | dd of=/dev/mapper/t bs=1024 seek=1 conv=notrunc,fsync status=none; st
echo "1.5 KiB at 9 KiB"; head -c 1536 /dev/zero | dd of=/dev/mapper/t bs=512 seek=18 conv=notrunc,fsync status=none; st
echo "a page"; head -c 4096 /dev/zero | dd of=/dev/mapper/t bs=4096 seek=5 conv=notrunc,fsync status=none; st
echo "read the page with the byte"; dd if=/dev/mapper/t bs=512 count=1 status=none | od -c | head -2; st
echo "the last sectors"; dd if=/dev/mapper/t of=/dev/null bs=512 skip=8000 status=none; st
exec 3<&-; dmsetup remove t
printf '0 100 linear /dev/ram0 0\n100 1 error\n101 900 linear /dev/ram0 101\n' | dmsetup create t; exec 3< /dev/mapper/t
dd if=/dev/mapper/t of=/dev/null bs=512 skip=96 count=1 status=none; echo "read next to it: $?"; log
printf x | dd of=/dev/mapper/t bs=1 seek=$((99*512+5)) conv=notrunc status=none; echo "write a byte next to it: $?"; log
printf x | dd of=/dev/mapper/t bs=1 seek=$((100*512+5)) conv=notrunc status=none; echo "write a byte into it: $?"; log
sync /dev/mapper/t; echo "sync: $?"; log
dd if=/dev/ram0 bs=1 skip=$((99*512+5)) count=1 status=none; echo
head -c 1024 /dev/zero | tr '\0' y | dd of=/dev/mapper/t bs=512 seek=100 count=2 conv=notrunc status=none; echo "two sectors: $?"; sync /dev/mapper/t; echo "sync: $?"; log
dd if=/dev/ram0 bs=512 skip=101 count=1 iflag=direct status=none | head -c 2; echo

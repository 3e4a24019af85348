#fs
# The map under an ext4 fails while a file is written: what the log says of its blocks, and what the file holds after the next mount, and after another write.
modprobe scsi_debug vpd_use_hostno=0 dev_size_mb=32 delay=0
G="0 65536 linear 8:0 0"; B="0 65536 error"
swap() { dmsetup load m --table "$1"; dmsetup suspend --nolockfs --noflush m; dmsetup resume m; }
log() { sleep 0.2; dmesg -c | sed 's/^\[[^]]*\] //' | grep -E 'EXT4|JBD2|Buffer I/O|Aborting' | sed 's/block [0-9]*/block N/; s/inode [0-9]*/inode N/; s/system [-0-9a-f]*/system UUID/' | uniq -c | sed 's/^ *//'; }
sums() { (cd /mnt && for f in *.d; do echo "$f $(stat -c %s $f) $(md5sum < $f | cut -c1-6)"; done); }
dmsetup create m --table "$G"; mkfs.ext4 -q -F -E lazy_itable_init=0,lazy_journal_init=0 /dev/mapper/m; mount /dev/mapper/m /mnt; log > /dev/null
seq 20000 | head -c 81920 > /mnt/a.d; seq 500 > /mnt/b.d; sync; sums
echo "-- a file is overwritten, the map has failed"
swap "$B"; tr 0-9 a-j < /mnt/a.d | dd of=/mnt/a.d bs=4k conv=notrunc,fsync iflag=fullblock status=none; echo "fsync $?"; swap "$G"; sums; log
echo "-- mounted again"
umount /mnt; echo "umount $?"; mount /dev/mapper/m /mnt; echo "mount $?"; sums; log
echo "-- three bytes, lost too"
swap "$B"; printf xyz | dd of=/mnt/b.d bs=1 seek=10 conv=notrunc,fsync status=none; echo "fsync $?"; swap "$G"; log
printf 123 | dd of=/mnt/b.d bs=1 seek=100 conv=notrunc,fsync status=none; echo "fsync $?"; umount /mnt; mount /dev/mapper/m /mnt; head -c 14 /mnt/b.d | od -An -c; sums; umount /mnt; log

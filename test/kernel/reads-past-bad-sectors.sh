modprobe scsi_debug dev_size_mb=8 delay=0 opts=2 medium_error_start=100 medium_error_count=3
dmsetup create d --table "0 16384 linear 8:0 0"
for b in 512 1024 4096 65536; do dd if=/dev/mapper/d of=/tmp/o bs=$b count=$((131072/b)) conv=noerror,sync status=noxfer iflag=direct 2>&1 | tail -2; stat -c %s /tmp/o; done
dd if=/dev/mapper/d of=/tmp/o bs=4096 count=32 conv=noerror,sync status=noxfer; dd if=/dev/mapper/d of=/tmp/o bs=512 skip=96 count=16 conv=noerror status=noxfer; stat -c %s /tmp/o
cat /dev/mapper/d 2>&1 >/dev/null; head -c 60000 /dev/mapper/d | wc -c; cmp /dev/mapper/d /dev/zero; md5sum /dev/mapper/d; wc -c /dev/mapper/d; cp /dev/mapper/d /tmp/c; stat -c %s /tmp/c; tail -c 100 /dev/mapper/d | wc -c; grep -c x /dev/mapper/d; echo $?
printf 'x%.0s' {1..1536} | dd of=/dev/mapper/d bs=512 seek=100 oflag=direct status=none; echo $?; dd if=/dev/mapper/d bs=512 skip=100 count=3 iflag=direct status=none | wc -c
dmesg | sed 's/^[^]]*\] //' | grep -E "I/O error|critical" | sort | uniq -c | sort -rn | head -12

# What write-back met and what fsync says of it: a disk that is full, protected, gone; direct writes say what it was.
modprobe scsi_debug dev_size_mb=8 delay=0
mount -t debugfs none /sys/kernel/debug
E=/sys/kernel/debug/scsi_debug/0:0:0:0/error
dmsetup create l --table "0 16384 linear 8:0 0"
dmsetup create m --table "0 16384 multipath 0 0 1 1 round-robin 0 1 1 8:0 1"
t() { for d in sda mapper/l mapper/m; do
  dd if=/dev/zero of=/dev/$d bs=4k count=1 oflag=direct conv=notrunc status=none; echo "$1 $d direct: $?"
  dd if=/dev/zero of=/dev/$d bs=4k count=1 conv=notrunc,fsync status=none; echo "$1 $d fsync: $?"
  dd if=/dev/zero of=/dev/$d bs=4k count=1 oflag=sync conv=notrunc status=none; echo "$1 $d sync: $?"
done; dmsetup message m 0 reinstate_path 8:0 2>/dev/null; }
echo "2 1000 0x2a 0 0 2 7 0x27 7" > $E; t "full"
echo "2 1000 0x2a 0 0 2 7 0x27 0" > $E; t "protected"
echo "2 1000 0x2a 0 0 2 3 0xc 2" > $E; t "medium"
echo "2 1000 0x2a 0 0 0x18 0 0 0" > $E; t "reserved"
echo "- 2 0x2a" > $E
exec 3<>/dev/mapper/l; dmsetup suspend l; dmsetup load l --table "0 16384 error"; dmsetup resume l
dd if=/dev/zero of=/dev/mapper/l bs=4k count=1 conv=notrunc status=none; sync /dev/mapper/l; echo "first sync: $?"; sync /dev/mapper/l; echo "second: $?"
dd if=/dev/zero of=/dev/mapper/l bs=4k count=1 conv=notrunc status=none; blockdev --flushbufs /dev/mapper/l; echo "flushbufs: $?"; sync /dev/mapper/l; echo "sync: $?"
a=($(cat /sys/block/sda/stat)); dd if=/dev/zero of=/dev/mapper/l bs=4k count=1 conv=notrunc,fsync status=none; b=($(cat /sys/block/sda/stat)); echo "flushes of a failed write-back: $((b[15]-a[15]))"

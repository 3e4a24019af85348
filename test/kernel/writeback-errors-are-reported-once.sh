# A writeback that failed is reported to the next fsync of an open file, once.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create m --table "0 8192 multipath 2 queue_mode bio 0 1 1 round-robin 0 1 1 1:0 1"
printf 'x%.0s' {1..4096} > /tmp/x
exec 3<> /dev/mapper/m
dmsetup message m 0 fail_path 1:0
dd if=/tmp/x of=/dev/mapper/m bs=4096 count=1 conv=notrunc status=none; echo "write rc=$?"
dd if=/tmp/x of=/dev/mapper/m bs=4096 seek=1 count=1 conv=notrunc,fsync status=none; echo "fsync rc=$?"
dmsetup message m 0 reinstate_path 1:0
sync /dev/mapper/m; echo "sync rc=$?"
dd if=/tmp/x of=/dev/mapper/m bs=4096 seek=2 count=1 conv=notrunc,fsync status=none; echo "fsync rc=$?"
exec 3>&-
for i in 0 1 2; do dd if=/dev/ram0 bs=4096 skip=$i count=1 iflag=direct status=none | od -An -c -N2; done

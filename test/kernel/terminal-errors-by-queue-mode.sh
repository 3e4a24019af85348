# When the last path fails, a request map returns the disk's error and a bio map always an I/O error.
modprobe scsi_debug dev_size_mb=8 delay=0
mount -t debugfs none /sys/kernel/debug
e=/sys/kernel/debug/scsi_debug/0:0:0:0/error
for mode in rq bio; do for host in 0x1 0xe 0xf; do
  dmsetup create m --table "0 16384 multipath 2 queue_mode $mode 0 1 1 round-robin 0 1 1 8:0 1"
  echo "2 -100 0x2a $host 0 0 0 0 0" > $e
  dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none; echo "$mode host byte $host: rc=$?"
  dmsetup status m
  echo "- 2 0x2a" > $e; dmsetup remove m
done; done

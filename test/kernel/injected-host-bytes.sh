# Host errors injected on one path: what fails over and what is retried on the disk itself.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
mount -t debugfs none /sys/kernel/debug
e=/sys/kernel/debug/scsi_debug/0:0:0:0/error
for h in 0x1 0x4 0x5 0x7 0xe 0xf; do
  dmsetup create m --table "0 16384 multipath 0 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
  echo "2 -100 0x28 $h 0 0 0 0 0" > $e
  dd if=/dev/mapper/m of=/dev/null bs=4096 count=1 iflag=direct status=none; echo "host byte $h: rc=$?"
  echo "- 2 0x28" > $e; dmsetup status m; dmsetup remove m
done

# Injected sense codes: which fail the path, which pass up, which the disk retries by itself.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
mount -t debugfs none /sys/kernel/debug
e=/sys/kernel/debug/scsi_debug/0:0:0:0/error
t() { dmsetup create m --table "0 16384 multipath 0 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
  echo "2 -100 0x28 0 0 0x2 $1" > $e
  dd if=/dev/mapper/m of=/dev/null bs=4096 count=1 iflag=direct status=none; echo "sense $1: rc=$?"
  echo "- 2 0x28" > $e; dmsetup status m; dmsetup remove m; }
t "0x3 0x11 0"
t "0x4 0x44 0"
t "0x5 0x24 0"
t "0x7 0x27 0"
t "0xb 0x10 0"
t "0x5 0x25 0"

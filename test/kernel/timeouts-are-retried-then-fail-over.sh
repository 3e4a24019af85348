# A command that times out is aborted and retried on the same disk; only when that keeps failing does the path fail.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 delay=0
mount -t debugfs none /sys/kernel/debug
e=/sys/kernel/debug/scsi_debug/0:0:0:0/error
echo 1 > /sys/block/sda/device/timeout
dmsetup create m --table "0 16384 multipath 0 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
for n in -1 -100; do
  echo "0 $n 0x2a" > $e; a=$SECONDS
  dd if=/dev/zero of=/dev/mapper/m bs=4096 count=2 oflag=direct status=none; echo "write rc=$?"
  [ $((SECONDS - a)) -ge 1 ] && echo "after a timeout"
  echo "- 0 0x2a" > $e; dmsetup status m; cat /sys/block/sda/device/state
done

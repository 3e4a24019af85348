# Errors that scsi_debug injects through a map of two paths: which fail a path, which the writer sees, what the log and sense say.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1
D=/sys/bus/pseudo/drivers/scsi_debug
dmsetup create m --table "0 16384 multipath 0 0 1 1 round-robin 0 2 1 /dev/sda 1 /dev/sdb 1"
for o in 2 8 16; do
  for n in 1 -1; do
  echo "-- opts $o every_nth $n"; dmesg -c > /dev/null; dmsetup message m 0 reinstate_path 8:0; dmsetup message m 0 reinstate_path 8:16
  echo $o > $D/opts; echo $n > $D/every_nth
  dd if=/dev/mapper/m of=/dev/null bs=4k count=1 skip=3 iflag=direct status=none; echo "read $?"
  dd if=/dev/zero of=/dev/mapper/m bs=4k count=1 seek=5 oflag=direct status=none; echo "write $?"
  echo 0 > $D/every_nth; echo 0 > $D/opts; dmsetup status m
  dmesg | sed 's/^\[[^]]*\] //' | sed "s,tag#[0-9]*,tag," | grep -v Reinstating
  done
done
dmsetup remove m

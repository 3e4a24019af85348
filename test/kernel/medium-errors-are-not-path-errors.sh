# A medium error is passed up and does not fail the path.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 delay=0 medium_error_start=100 medium_error_count=4 opts=2
for mode in rq bio; do
  dmsetup create m --table "0 16384 multipath 2 queue_mode $mode 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
  dd if=/dev/mapper/m of=/dev/null bs=512 skip=96 count=1 iflag=direct status=none; echo "rc=$?"
  dd if=/dev/mapper/m of=/dev/null bs=512 skip=101 count=1 iflag=direct status=none; echo "rc=$?"
  dd if=/dev/mapper/m of=/dev/null bs=4096 skip=12 count=1 iflag=direct status=none; echo "rc=$?"
  dmsetup status m; dmsetup remove m
done

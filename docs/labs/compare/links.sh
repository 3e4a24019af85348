# Two paths whose links are narrow: large transfers hold up what comes behind them. $selector shares the I/O out.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
S=$(blockdev --getsz /dev/sda)
for disk in sda sdb; do
  simctl latency $disk lognormal 100us 0.3
  simctl bandwidth $disk 200MB/s
done
dmsetup create mp --table "0 $S multipath 1 queue_if_no_path 0 1 1 $selector 0 2 0 8:0 8:16"

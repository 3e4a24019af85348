# Three paths to one disk: two that are quick, one that is slow. $selector shares the I/O out.
# io-affinity binds CPUs to paths; this machine has one CPU, so that it can use one path.
modprobe scsi_debug add_host=3 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
S=$(blockdev --getsz /dev/sda)
simctl latency sda lognormal 200us 0.3
simctl latency sdb lognormal 250us 0.3
simctl latency sdc lognormal 2ms 0.3
case $selector in
io-affinity) paths="1 1 8:0 1" ;;
*) paths="3 0 8:0 8:16 8:32" ;;
esac
dmsetup create mp --table "0 $S multipath 1 queue_if_no_path 0 1 1 $selector 0 $paths"

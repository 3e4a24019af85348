# Three equal paths to one disk, with the tail that arrays have. $selector shares the I/O out.
modprobe scsi_debug add_host=3 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
S=$(blockdev --getsz /dev/sda)
for disk in sda sdb sdc; do simctl latency $disk lognormal 300us 0.5; done
dmsetup create mp --table "0 $S multipath 1 queue_if_no_path 0 1 1 $selector 0 3 0 8:0 8:16 8:32"

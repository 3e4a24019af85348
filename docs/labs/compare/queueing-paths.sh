# Three paths that serve four commands at a time each: what is sent to the quickest alone has to queue. $selector shares
# the I/O out.
modprobe scsi_debug add_host=3 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
S=$(blockdev --getsz /dev/sda)
simctl latency sda lognormal 200us 0.5
simctl latency sdb lognormal 400us 0.5
simctl latency sdc lognormal 2ms 0.5
for disk in sda sdb sdc; do simctl depth $disk 4; done
dmsetup create mp --table "0 $S multipath 1 queue_if_no_path 0 1 1 $selector 0 3 0 8:0 8:16 8:32"

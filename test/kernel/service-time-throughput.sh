# service-time with nothing in flight picks the highest relative throughput; 0 only when no other path is left.
modprobe scsi_debug add_host=4 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 delay=0
st() { for d in sda sdb sdc sdd; do read -r n _ < /sys/block/$d/stat; echo $n; done; }
order() { local o="" a b i k; for ((i = 0; i < $1; i++)); do a=($(st)); dd if=/dev/mapper/m of=/dev/null bs=4096 count=1 iflag=direct status=none; b=($(st))
  for k in 0 1 2 3; do [ ${b[k]} -gt ${a[k]} ] && o+=" $k"; done; done; echo "order:$o"; }
dmsetup create m --table "0 16384 multipath 2 queue_mode bio 0 1 1 service-time 0 4 2 8:0 1 1 8:16 1 2 8:32 1 2 8:48 1 0"
order 6
dmsetup message m 0 fail_path 8:16; order 3; dmsetup message m 0 fail_path 8:32; order 3
dmsetup message m 0 fail_path 8:0; order 3
dmsetup message m 0 reinstate_path 8:0; order 2
dmsetup status m

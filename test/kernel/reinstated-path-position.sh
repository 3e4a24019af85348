# round-robin uses a reinstated path next, queue-length and service-time last.
modprobe brd rd_nr=1 rd_size=4096
modprobe scsi_debug add_host=4 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 delay=0
st() { for d in sda sdb sdc sdd; do read -r n _ < /sys/block/$d/stat; echo $n; done; }
order() { local o="" a b i k; for ((i = 0; i < $1; i++)); do a=($(st)); dd if=/dev/mapper/m of=/dev/null bs=4096 count=1 iflag=direct status=none; b=($(st))
  for k in 0 1 2 3; do [ ${b[k]} -gt ${a[k]} ] && o+=" $k"; done; done; echo "$sel:$o"; }
for sel in "round-robin" "queue-length" "service-time"; do
  dmsetup create m --table "0 16384 multipath 2 queue_mode bio 0 1 1 $sel 0 4 1 8:0 1 8:16 1 8:32 1 8:48 1"
  order 6
  dmsetup message m 0 fail_path 8:16; order 6
  dmsetup message m 0 reinstate_path 8:16; order 6
  dmsetup remove m
done

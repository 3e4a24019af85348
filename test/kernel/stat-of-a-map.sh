# The I/O counters of a map and of its paths.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 delay=0
c() { for d in dm-0 sda sdb; do awk -v d=$d '{print d, "reads", $1, $3, "writes", $5, $7, "inflight", $9}' /sys/block/$d/stat; done; }
for mode in bio rq; do
  dmsetup create m --table "0 16384 multipath 3 queue_if_no_path queue_mode $mode 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
  c > /tmp/a; dd if=/dev/zero of=/dev/mapper/m bs=8192 count=4 oflag=direct status=none; dd if=/dev/mapper/m of=/dev/null bs=4096 count=3 iflag=direct status=none
  c > /tmp/b; awk 'NR == FNR {r[$1] = $3; s[$1] = $4; w[$1] = $6; t[$1] = $7; next} {print $1, $3 - r[$1], $4 - s[$1], $6 - w[$1], $7 - t[$1]}' /tmp/a /tmp/b
  dmsetup message m 0 fail_path 8:0; dmsetup message m 0 fail_path 8:16
  dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none & sleep 1
  awk '{print "inflight", $9}' /sys/block/dm-0/stat; dmsetup message m 0 reinstate_path 8:0; wait; awk '{print "inflight", $9}' /sys/block/dm-0/stat
  dmsetup remove m
done

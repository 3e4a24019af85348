# A write over a healthy disk and a map that queues completes when the queued half does; the other half is written once.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 delay=0
wr() { awk '{print $5}' /sys/block/$1/stat; }
dmsetup create m --table "0 16384 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 8:16 1"
printf '0 8 linear 8:0 0\n8 8 linear 254:0 0\n' | dmsetup create top
dmsetup message m 0 fail_path 8:16
a=$(wr sda); b=$(wr sdb)
( dd if=/dev/zero of=/dev/mapper/top bs=8192 count=1 oflag=direct status=none; echo "write rc=$?" ) & sleep 1
echo "sda $(($(wr sda) - a)) sdb $(($(wr sdb) - b))"
dmsetup suspend --noflush m; dmsetup load m --table "0 16384 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 8:16 1"; dmsetup resume m; wait
echo "sda $(($(wr sda) - a)) sdb $(($(wr sdb) - b))"
dmsetup status

# Sixty reads through each path selector over two disks; how many each disk served, its status line before, in flight and after.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1
c() { awk '{ print $1 }' /sys/block/$1/stat; }
try() {
  echo "-- $*"
  dmsetup create m --table "0 16384 multipath 0 0 1 1 $*" || { dmesg | tail -n 1 | sed 's/^\[[^]]*\] //'; return; }
  a=$(c sda); b=$(c sdb)
  dd if=/dev/mapper/m of=/dev/null bs=4k count=60 iflag=direct status=none
  echo "sda $(( $(c sda) - a )) sdb $(( $(c sdb) - b ))"; dmsetup status m; dmsetup table m
  dmsetup message m 0 fail_path 8:0; dd if=/dev/mapper/m of=/dev/null bs=4k count=10 iflag=direct status=none
  echo "sda $(( $(c sda) - a )) sdb $(( $(c sdb) - b ))"
  dmsetup message m 0 reinstate_path 8:0; dd if=/dev/mapper/m of=/dev/null bs=4k count=10 iflag=direct status=none
  echo "sda $(( $(c sda) - a )) sdb $(( $(c sdb) - b ))"
  dmsetup remove m
}
try round-robin 0 2 1 8:0 1 8:16 1
try round-robin 0 2 1 8:0 7 8:16 3
try round-robin 0 2 0 8:0 8:16
try queue-length 0 2 1 8:0 1 8:16 1
try queue-length 0 2 1 8:0 10 8:16 1
try service-time 0 2 1 8:0 1 8:16 1
try service-time 0 2 2 8:0 1 10 8:16 1 1
try service-time 0 2 2 8:0 1 0 8:16 1 5
try service-time 0 2 2 8:0 1 101 8:16 1 5
try io-affinity 0 2 1 8:0 1 8:16 2
try io-affinity 0 2 1 8:0 2 8:16 1
try io-affinity 0 2 1 8:0 0 8:16 1
try round-robin 0 2 1 8:0 x 8:16 1
try round-robin 0 2 3 8:0 1 1 1 8:16 1 1 1
try nosuch 0 2 1 8:0 1 8:16 1

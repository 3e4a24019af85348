# Without queue_if_no_path the first write after the last path is lost fails, in both queue modes.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 delay=0
st() { for p in sda sdb; do echo $1 > /sys/block/$p/device/state; done; }
for mode in rq bio; do
  dmsetup create m --table "0 16384 multipath 2 queue_mode $mode 0 2 1 round-robin 0 1 1 8:0 1 queue-length 0 1 1 8:16 1"
  w() { dd if=/dev/zero of=/dev/mapper/m bs=4096 count=$1 oflag=direct status=none; echo "write rc=$?"; }
  w 4; dmsetup status m
  st offline; w 4; dmsetup status m; w 1; dmsetup status m
  st running; w 1; dmsetup message m 0 reinstate_path 8:16; w 1; dmsetup status m; dmsetup remove m
done
dmesg | grep -o 'device-mapper: multipath: .*'

# A bio map takes over the handler its paths already have and activates it with the first I/O, which skips a path; a request map only when asked to.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0; sleep 1
cat /sys/block/sda/device/dh_state /sys/block/sdb/device/dh_state
rd() { awk '{print $1}' /sys/block/$1/stat; }
for f in "2 queue_mode bio 0" "0 0" "1 retain_attached_hw_handler 0" "1 retain_attached_hw_handler 1 alua" "0 1 alua"; do
  dmsetup create m --table "0 16384 multipath $f 1 1 round-robin 0 2 1 8:0 1 8:16 1"
  dmsetup table m; dmsetup status m; a=$(rd sda); b=$(rd sdb)
  for i in 1 2 3; do dd if=/dev/mapper/m of=/dev/null bs=4096 count=1 iflag=direct status=none; done
  dmsetup status m; echo "sda $(($(rd sda) - a)) sdb $(($(rd sdb) - b))"; dmsetup remove m
done

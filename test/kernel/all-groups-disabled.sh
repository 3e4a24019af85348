# With every group disabled I/O goes to the first one and its letter stays D.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
dmsetup create m --table "0 16384 multipath 0 0 2 1 round-robin 0 1 1 8:0 1 round-robin 0 1 1 8:16 1"
rd() { awk '{print $1}' /sys/block/$1/stat; }
three() { local a=$(rd sda) b=$(rd sdb); for i in 1 2 3; do dd if=/dev/mapper/m of=/dev/null bs=4096 count=1 iflag=direct status=none; done; echo "sda $(( $(rd sda) - a )) sdb $(( $(rd sdb) - b ))"; dmsetup status m; }
three
dmsetup message m 0 disable_group 1; three
dmsetup message m 0 disable_group 2; three
dmsetup message m 0 enable_group 2; three
dmsetup message m 0 enable_group 1; three

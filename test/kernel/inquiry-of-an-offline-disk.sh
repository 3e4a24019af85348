# A disk that is offline answers no command of a program either: INQUIRY and TEST UNIT READY, straight and through a map.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
dmsetup create m --table "0 16384 multipath 1 queue_if_no_path 0 2 1 round-robin 0 1 1 8:0 1 round-robin 0 1 1 8:16 1"
both() {
  sg_inq $1 > /tmp/o 2>&1; echo "sg_inq $1: rc=$?"; grep -v '^ \|standard' /tmp/o
  sg_turs $1 > /tmp/o 2>&1; echo "sg_turs $1: rc=$?"; cat /tmp/o
}
dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none
both /dev/sda; both /dev/mapper/m
echo offline > /sys/block/sda/device/state
both /dev/sda; both /dev/mapper/m; dmsetup status m
dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none
both /dev/mapper/m
dmesg | grep -c 'rejecting I/O to offline device'

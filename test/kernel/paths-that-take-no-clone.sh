# A path that is in standby takes no clone: it counts as a read of no sectors.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
for i in 1 2; do echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; done
S=$(blockdev --getsz /dev/sda)
st() { for d in sda sdb sdc; do read -a f < /sys/block/$d/stat; echo "$d ${f[0]} ${f[2]} ${f[4]} ${f[6]}"; done; }
st
dmsetup create mp --table "0 $S multipath 0 1 alua 2 1 round-robin 0 1 1 8:0 1 round-robin 0 2 1 8:16 1 8:32 1"
dmsetup message mp 0 switch_group 2
dd if=/dev/mapper/mp of=/dev/null bs=4096 count=1 iflag=direct status=none; echo "rc $?"
dmsetup status mp; st
dd if=/dev/mapper/mp of=/dev/null bs=4096 count=4 iflag=direct status=none; echo "rc $?"
st
dmsetup message mp 0 reinstate_path 8:32; dd if=/dev/zero of=/dev/mapper/mp bs=4096 count=2 oflag=direct status=none; echo "rc $?"
dmsetup status mp; st
echo 1 > /sys/block/sdb/device/delete; sleep 1; ls /sys/block/dm-0/slaves; dmsetup deps mp

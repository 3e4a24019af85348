#udev
# A group disabled by message is left alone until one of its paths comes up.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n failback immediate\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
read1() { dd if=/dev/mapper/mpatha of=/dev/null bs=4096 count=1 iflag=direct 2>/dev/null; echo "read rc=$?"; }
read1; dmsetup status
dmsetup message mpatha 0 disable_group 1; read1; sleep 4; read1; dmsetup status
multipathd show topology
echo offline > /sys/block/sda/device/state; sleep 3; read1; dmsetup status
echo running > /sys/block/sda/device/state; sleep 4; read1; dmsetup status
dmsetup message mpatha 0 disable_group 2; dmsetup message mpatha 0 disable_group 1; read1; sleep 3; dmsetup status
multipathd reload map mpatha; sleep 3; read1; dmsetup status

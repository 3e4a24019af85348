# The alua handler: the first I/O activates the group, a standby group cannot be activated.
modprobe scsi_debug add_host=4 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
sleep 1
for p in sda sdb sdc sdd; do echo "$p $(cat /sys/block/$p/device/dh_state) $(cat /sys/block/$p/device/access_state) $(cat /sys/block/$p/device/preferred_path)"; done
dmsetup create m --table "0 16384 multipath 1 queue_if_no_path 1 alua 2 1 round-robin 0 2 1 8:0 1 8:32 1 round-robin 0 2 1 8:16 1 8:48 1"
r() { dd if=/dev/mapper/m of=/dev/null bs=4096 count=1 iflag=direct status=none; echo "read rc=$?"; dmsetup status m; }
dmsetup status m; r
dmsetup message m 0 switch_group 2; dmsetup status m; r
dmsetup message m 0 fail_path 8:16; r; dmsetup message m 0 fail_path 8:48; r
dmsetup message m 0 disable_group 1; dmsetup status m; r
dmsetup table m
dmesg | grep -o 'device-mapper: multipath: .*'

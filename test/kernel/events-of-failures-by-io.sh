# A path that fails by I/O raises one event and wakes a waiter; a change of group by I/O raises none.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
dmsetup create m --table "0 16384 multipath 0 0 2 1 round-robin 0 1 1 8:0 1 round-robin 0 1 1 8:16 1"
( dmsetup wait m 0; echo "woken rc=$?" ) > /tmp/w & sleep 0.5
echo offline > /sys/block/sda/device/state; echo "offline alone is not seen"; dmsetup status m
dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none; echo "rc=$?"; wait; cat /tmp/w
sleep 0.2; dmsetup status m; dmsetup info -c --noheadings -o events m
dd if=/dev/zero of=/dev/mapper/m bs=4096 count=3 oflag=direct status=none; dmsetup info -c --noheadings -o events m
echo running > /sys/block/sda/device/state; dmsetup message m 0 reinstate_path 8:0; dmsetup message m 0 switch_group 1; sleep 0.2
dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none; dmsetup status m; dmsetup info -c --noheadings -o events m

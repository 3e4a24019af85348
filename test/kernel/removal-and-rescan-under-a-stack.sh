# Disks are deleted below linear and multipath maps and found again by a rescan, under other names; tables by name and by number; holders; the log.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1
T() { echo "0 16384 multipath 1 queue_if_no_path 0 1 1 round-robin 0 $1"; }
dmsetup create m --table "$(T '2 1 /dev/sda 1 /dev/sdb 1')"
dmsetup create p --table "0 8192 linear /dev/mapper/m 0"
ls /sys/block/sda/holders /sys/block/dm-0/slaves /sys/block/dm-0/holders
dmesg -c > /dev/null; echo 1 > /sys/block/sda/device/delete; sleep 0.5; ls /sys/block; ls /dev/sd*; dmsetup table m; dmsetup deps -o devname m; dmsetup deps -o blkdevname m; lsscsi
dd if=/dev/zero of=/dev/mapper/p bs=4k count=4 oflag=direct status=none; echo "rc=$?"; dmsetup status m
echo '- - -' > /sys/class/scsi_host/host0/scan; sleep 1; ls /dev/sd*; lsscsi; dmsetup table m
dmsetup message m 0 reinstate_path 8:0; echo "rc=$?"; dmsetup status m
dmsetup load m --table "$(T '2 1 8:0 1 8:16 1')"; echo "rc=$?"; dmsetup load m --table "$(T '2 1 /dev/sdc 1 8:16 1')"; echo "rc=$?"; dmsetup resume m; dmsetup table m; ls /sys/block/dm-0/slaves
echo 1 > /sys/block/sdb/device/delete; sleep 0.3; echo 1 > /sys/block/sdc/device/delete; sleep 0.3
(dd if=/dev/zero of=/dev/mapper/p bs=4k count=4 oflag=direct status=none; echo "writer $?") > /tmp/w 2>&1 & sleep 0.5; cat /tmp/w
dmsetup suspend --noflush m; echo '- - -' > /sys/class/scsi_host/host0/scan; echo '- - -' > /sys/class/scsi_host/host1/scan; sleep 1; ls /dev/sd*
new=$(ls /sys/block | grep '^sd' | tail -n 1); dmsetup load m --table "$(T "1 1 /dev/$new 1")"; echo "rc=$?"; dmsetup resume m; wait; cat /tmp/w; dmsetup status m
dmsetup remove p; dmsetup remove m; ls /sys/block | grep sd; dmesg | sed 's/^\[[^]]*\] //' | sort | uniq -c | sort -k2 | grep -v 'rev\|KB\|Mode\|Write c'

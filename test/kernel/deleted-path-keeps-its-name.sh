# A deleted disk keeps its name as long as a table holds it; the new disk takes the next one.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
dmsetup create m --table "0 16384 multipath 0 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
scan() { for h in /sys/class/scsi_host/host*; do echo "- - -" > $h/scan; done; sleep 2; for d in /sys/block/sd*; do echo "${d##*/} $(cat $d/dev)"; done; }
echo 1 > /sys/block/sdb/device/delete; sleep 1; ls /sys/block | grep sd
for i in 1 2; do dd if=/dev/mapper/m of=/dev/null bs=4096 count=1 iflag=direct status=none; echo "rc=$?"; done
dmsetup status m; dmsetup deps m; dmsetup deps -o blkdevname m
scan
dmsetup load m --table "0 16384 multipath 0 0 1 1 round-robin 0 2 1 8:0 1 8:32 1"; dmsetup resume m
echo 1 > /sys/block/sda/device/delete; sleep 1
scan
dmsetup load m --table "0 16384 multipath 0 0 1 1 round-robin 0 1 1 8:32 1"; dmsetup resume m; dmsetup status m
echo 1 > /sys/block/sdb/device/delete; sleep 1; scan

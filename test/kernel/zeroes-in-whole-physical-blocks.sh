# what WRITE SAME and zeroing may have on disks with large physical blocks; sysfs of the two
modprobe scsi_debug dev_size_mb=8 delay=0 physblk_exp=3 lbpws=1 lbprz=1
D=/sys/class/scsi_disk/0:0:0:0; Q=/sys/block/sda/queue
s() { echo "$1: $(cat $D/max_write_same_blocks) $(cat $Q/write_zeroes_max_bytes) $(cat $D/provisioning_mode) $(cat $D/zeroing_mode) $(cat $Q/discard_max_bytes) $(cat $Q/discard_granularity) $(cat $Q/write_same_max_bytes)"; }
s start; echo 1003 > $D/max_write_same_blocks; echo "rc=$?"; s 1003; echo 7 > $D/max_write_same_blocks; s 7; echo 0 > $D/max_write_same_blocks; s 0; echo 99999999 > $D/max_write_same_blocks; s much; echo 65535 > $D/max_write_same_blocks; s 65535
blkdiscard -z /dev/sda; echo "z rc=$?"; awk '{print $5, $7, $12, $14}' /sys/block/sda/stat; for m in writesame_16 writesame_10 unmap disabled full bogus; do echo $m > $D/provisioning_mode; echo "rc=$?"; s $m; done 2>&1; for m in write writesame writesame_16_unmap bogus; do echo $m > $D/zeroing_mode; echo "rc=$?"; s $m; done 2>&1

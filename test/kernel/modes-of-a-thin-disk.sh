# What a thin disk says of discards, and what an administrator makes of it.
modprobe scsi_debug dev_size_mb=16 lbpu=1 lbpws=1 lbpws10=1 delay=0 unmap_granularity=16 unmap_max_blocks=1024 sector_size=512
cd /sys/class/scsi_disk/*:*; q=/sys/block/sda/queue
show() { echo "$1: $? $(cat provisioning_mode zeroing_mode thin_provisioning | tr '\n' ' ') $(cat $q/discard_max_bytes $q/discard_max_hw_bytes $q/discard_granularity $q/write_zeroes_max_bytes | tr '\n' ' ')"; }
show start
for v in writesame_16 writesame_10 writesame_zero disabled full unmap; do echo $v > provisioning_mode; show $v; done
blkdiscard -f -o 1M -l 1M /dev/sda; echo rc=$?
for v in write writesame writesame_16_unmap writesame_10_unmap; do echo $v > zeroing_mode; show $v; done
dmsetup create t --table "0 8192 linear 8:0 0"; cat /sys/block/dm-0/queue/discard_{granularity,max_bytes,max_hw_bytes}; 
echo disabled > provisioning_mode; cat /sys/block/dm-0/queue/discard_max_bytes; blkdiscard -f /dev/mapper/t; echo rc=$?; blkdiscard -f /dev/sda; echo rc=$?
dmsetup reload t --table "0 8192 linear 8:0 0"; dmsetup resume t; cat /sys/block/dm-0/queue/discard_max_bytes
echo unmap > provisioning_mode; dmsetup reload t --table "0 8192 linear 8:0 0"; dmsetup resume t; cat /sys/block/dm-0/queue/discard_max_bytes; dmsetup remove t
rmmod scsi_debug; for p in "lbpws=1" "lbpws10=1" "lbpu=1 lbprz=0" "lbpws=1 lbprz=0" "lbpu=1 lbprz=2"; do modprobe scsi_debug dev_size_mb=8 delay=0 $p; cd /sys/class/scsi_disk/*:*; show "$p"; cd /; rmmod scsi_debug; done
dmesg | sed 's/^\[[^]]*\] //' | grep 'provisioning blocks' | tail -12

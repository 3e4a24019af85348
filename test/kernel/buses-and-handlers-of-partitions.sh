# The pseudo bus lists adapters, sd_mod names its driver, hosts refuse a reset by hand, and a map over a partition takes over the disk's handler.
modprobe scsi_debug dev_size_mb=8 add_host=2 vpd_use_hostno=0 delay=0
sleep 1
ls /sys/bus/pseudo /sys/bus/pseudo/devices /sys/module/sd_mod/drivers
readlink /sys/bus/pseudo/devices/* /sys/module/sd_mod/drivers/*
f=/sys/class/scsi_host/host0/host_reset
ls -l $f | cut -c1-10
cat $f; echo $?
for word in adapter firmware x; do echo $word > $f; echo "$word $?"; done
echo 'start=2048,size=4096' | sfdisk -q /dev/sda
modprobe scsi_dh_alua 2> /dev/null
echo alua > /sys/block/sda/device/dh_state; cat /sys/block/sda/device/dh_state
dmsetup create part --table "0 4096 multipath 3 retain_attached_hw_handler queue_mode bio 0 1 1 round-robin 0 1 1 8:1 1"
dmsetup create whole --table "0 4096 multipath 3 retain_attached_hw_handler queue_mode bio 0 1 1 round-robin 0 1 1 8:16 1"
dmsetup table
dd if=/dev/mapper/part of=/dev/null bs=4096 count=1 iflag=direct status=none; echo $?
dmsetup status
dmsetup remove part
dmsetup create other --table "0 4096 multipath 2 queue_mode bio 1 rdac 1 1 round-robin 0 1 1 8:1 1"
dmesg | grep -E 'multipath|alua' | sed 's/^\[[^]]*\] //'

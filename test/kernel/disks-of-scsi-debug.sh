modprobe scsi_debug dev_size_mb=64 num_tgts=2 max_luns=2 add_host=1 sector_size=4096 physblk_exp=1 lowest_aligned=1 delay=0
ls -d /sys/block/sd* | sed 's#.*/##'
for d in sda sdd; do (cd /sys/block/$d; echo "$d $(cat size ro removable device/vendor device/model device/rev device/type device/scsi_level device/state device/queue_depth device/queue_type queue/logical_block_size queue/physical_block_size alignment_offset | tr '\n' '|')"); done
ls -l /sys/block/sda | sed 's/.*-> //;s#.*/target#target#'
ls -d /sys/class/scsi_device/* /sys/class/scsi_disk/* | sed 's#.*/##' | tr '\n' ' '; echo
readlink /sys/block/sda/device | sed 's#.*/##'
cat /sys/class/scsi_host/host0/{proc_name,can_queue,cmd_per_lun,sg_tablesize,state,unique_id,host_busy,prot_capabilities}
echo running > /sys/block/sda/device/state; echo $?; echo nonsense > /sys/block/sda/device/state; echo $?
echo offline > /sys/block/sda/device/state; cat /sys/block/sda/device/state; dd if=/dev/sda of=/dev/null bs=4k count=1 status=none; echo $?
echo running > /sys/block/sda/device/state; dd if=/dev/sda of=/dev/null bs=4k count=1 status=none; echo $?
echo blocked > /sys/block/sda/device/state; cat /sys/block/sda/device/state
echo transport-offline > /sys/block/sda/device/state; echo $?; echo running > /sys/block/sda/device/state; cat /sys/block/sda/device/state
dd if=/dev/sda of=/dev/null bs=512 count=1 iflag=direct status=none; echo $?
cat /sys/block/sda/device/{iocounterbits,timeout,eh_timeout,device_blocked} 2>/dev/null | head -4
dmesg | grep -E "sda|scsi0" | sed 's/^[^]]*\] //' | head -20
echo 1 > /sys/block/sdd/device/delete; ls -d /sys/block/sd* | sed 's#.*/##'; echo "- - -" > /sys/class/scsi_host/host0/scan; sleep 1; ls -d /sys/block/sd* | sed 's#.*/##'
echo "0 1 1" > /sys/class/scsi_host/host0/scan; echo $?; echo "0 0" > /sys/class/scsi_host/host0/scan; echo $?

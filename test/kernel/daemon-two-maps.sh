#udev
# Two maps over two hosts: one is lost without the other; the order of listings; commands for one and for all.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
echo 2 > /sys/bus/pseudo/drivers/scsi_debug/max_luns
for h in 0 1; do echo "- - -" > /sys/class/scsi_host/host$h/scan; sleep 1; udevadm settle; done
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n no_path_retry 4\n}\nmultipaths {\n multipath {\n  wwid 1Linux_scsi_debug_2001\n  alias alpha\n  no_path_retry fail\n }\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
multipathd show topology
multipath -ll
for d in /sys/class/scsi_disk/*:0:0:1; do echo offline > $d/device/state; done; sleep 4
multipathd show maps format "%n %Q %N %t %x"
multipathd show status
for d in /sys/class/scsi_disk/*; do echo offline > $d/device/state; done; sleep 12
multipathd show maps format "%n %Q %N %t %x"
for d in /sys/class/scsi_disk/*; do echo running > $d/device/state; done; sleep 4
multipathd show maps format "%n %Q %N %t %x"
multipathd disablequeueing maps; dmsetup table; multipathd restorequeueing map alpha; multipathd restorequeueing maps; sleep 3; dmsetup table
multipathd show maps status; multipathd del maps; multipathd show maps; dmsetup ls

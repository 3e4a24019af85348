#udev
# A DOS label whose partition has type 0: a partition to kpartx all the same; one without length is none.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf "defaults {\n user_friendly_names yes\n find_multipaths no\n}\n" > /etc/multipath.conf
multipath -v0; udevadm settle; sleep 1
printf '\0\0\0\0\0\0\0\0\100\0\0\0\0\20\0\0\0\0\0\0\203\0\0\0\100\20\0\0\0\0\0\0\0\0\0\0\0\0\0\0\200\20\0\0\100\0\0\0' | dd of=/dev/mapper/mpatha bs=1 seek=446 conv=notrunc status=none
printf '\125\252' | dd of=/dev/mapper/mpatha bs=1 seek=510 conv=notrunc status=none
udevadm settle; sleep 2; dmsetup table | sort; kpartx -l /dev/mapper/mpatha

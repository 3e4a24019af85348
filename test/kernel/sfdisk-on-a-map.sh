#udev
# sfdisk and blockdev --rereadpt on a map, of which the kernel looks for no partitions.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n}\n' > /etc/multipath.conf
multipath -v1; udevadm settle
printf 'label: dos\nstart=2048, size=2048\n' | sfdisk -q /dev/mapper/mpatha; echo "rc=$?"; sleep 1; udevadm settle; dmsetup ls | sort
printf 'start=4096, size=2048\n' | sfdisk -a /dev/mapper/mpatha 2>&1 | grep -v 'identifier'; echo "rc=$?"; sleep 1; udevadm settle; dmsetup ls | sort
blockdev --rereadpt /dev/mapper/mpatha; echo "rc=$?"; blockdev --rereadpt /dev/sda; echo "rc=$?"
dmsetup create lin --table "0 8192 linear /dev/mapper/mpatha 0"; udevadm settle; blockdev --rereadpt /dev/mapper/lin; echo "rc=$?"; sfdisk -d /dev/mapper/lin | grep start; echo 'start=2048, size=1024' | sfdisk -q /dev/mapper/lin; echo "rc=$?"

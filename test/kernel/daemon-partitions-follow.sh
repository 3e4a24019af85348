#udev
# Partitions of a map: made when it appears, renamed with it, removed with it; kpartx by hand, the delimiter, an extended partition.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n no_path_retry queue\n}\n' > /etc/multipath.conf
{ head -c 446 /dev/zero; printf '\0\0\0\0\x83\0\0\0\x40\0\0\0\0\x10\0\0'; printf '\0\0\0\0\x83\0\0\0\0\x20\0\0\0\x20\0\0'; head -c 32 /dev/zero; printf '\x55\xaa'; } > /tmp/mbr
dd if=/tmp/mbr of=/dev/sda bs=512 conv=notrunc oflag=direct 2>/dev/null; sleep 1; udevadm settle
multipathd
sleep 3; udevadm settle; sleep 3
show() { dmsetup table | sort; dmsetup info -c --noheadings -o name,uuid | sort; }
show
printf 'multipaths {\n multipath {\n  wwid 1Linux_scsi_debug_2000\n  alias disk1\n }\n}\n' >> /etc/multipath.conf
multipathd reconfigure; sleep 5; echo "--- renamed"; show
kpartx -l /dev/mapper/disk1; kpartx -v -l -p X /dev/mapper/disk1
kpartx -d /dev/mapper/disk1; sleep 1; dmsetup ls | sort
kpartx -v -a /dev/mapper/disk1; sleep 2; dmsetup ls | sort
kpartx -v -d /dev/mapper/disk1; sleep 1
multipathd del map disk1; sleep 1; dmsetup ls

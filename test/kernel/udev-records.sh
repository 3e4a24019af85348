#udev
# udevadm info of disks and maps: whole records, properties one by one, links by identity and by sequence number.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
udevadm info -q property -n sda | grep -v DEVLINKS | grep -v USEC | sort
udevadm info -q property -n sda | grep DEVLINKS | cut -d= -f2 | tr ' ' '\n' | sort
udevadm info -n sda | cut -c1-12 | grep -v USEC | sort | uniq -c; udevadm info dm-0 2>&1 | head -n 3; udevadm info -n dm-0 2>&1 | grep -v "^[SE]:"
udevadm info -q all -n sda | grep -v '^E:' | sort
udevadm info --query=property --name=/dev/sda --property=ID_SERIAL
udevadm info --query=property --property=ID_MODEL --value /dev/sda
udevadm info -q property -p /sys/block/sdb | grep -E 'SCSI_|ID_' | sort
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n}\n' > /etc/multipath.conf
multipathd; sleep 4; udevadm settle; sleep 8
echo == map
udevadm info -q property -n dm-0 | grep -v DEVLINKS | grep -v USEC | sort
udevadm info -q property -n dm-0 | grep DEVLINKS | cut -d= -f2 | tr ' ' '\n' | sort
udevadm info -q property -n sdb | grep -E 'MULTI|MPATH|SYSTEMD|DM_|ID_FS' | sort
ls /dev/disk/by-id /dev/disk/by-diskseq /dev/disk | sort

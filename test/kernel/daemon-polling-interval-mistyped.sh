#udev
# A typing error in polling_interval, and a path that fails: who notices?
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 5s\n}\n' > /etc/multipath.conf
multipathd; sleep 4; udevadm settle; sleep 3
multipathd show config local 2>&1 | sed "s/^[0-9.]* | //" | grep polling; multipathd show paths format '%d %t %T' 2>/dev/null | sort
echo offline > /sys/block/sda/device/state; sleep 12; multipathd show paths format '%d %t %T %o' 2>/dev/null | sort
dd if=/dev/mapper/mpatha of=/dev/null bs=4k count=1 iflag=direct status=none && echo read; sleep 2
multipathd show paths format '%d %t %T %o' 2>/dev/null | sort; echo running > /sys/block/sda/device/state; sleep 8; multipathd show paths format '%d %t %T %o' 2>/dev/null | sort
sed -i 's/5s/5/' /etc/multipath.conf; multipathd reconfigure; sleep 8; multipathd show paths format '%d %t %T %o' 2>/dev/null | sort; multipathd show config local | grep polling

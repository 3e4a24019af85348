#udev
# Device sections that match by vendor, product and revision, product_blacklist, and keywords that change nothing here.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
cat > /etc/multipath.conf <<C
defaults {
	user_friendly_names yes
	find_multipaths no
	polling_interval 30
	strict_timing yes
	max_fds 4096
	allow_usb_devices yes
	all_tg_pt yes
	enable_foreign "^nvme"
	disable_changed_wwids yes
	find_multipaths_timeout 20
}
devices {
	device {
		vendor "Linux"
		product "scsi_.*"
		revision "0191"
		no_path_retry 7
	}
	device {
		vendor "Linux"
		product "scsi_debug"
		revision "9.*"
		no_path_retry 8
		product_blacklist "scsi_dbg"
		vpd_vendor hp3par
	}
	device {
		vendor "Linux"
		product "scsi_debug"
		revision "01.."
		failback 9
	}
}
C
multipathd
sleep 3; udevadm settle; sleep 4
multipathd show maps status
multipathd show config local
multipathd show blacklist
sed -i 's/scsi_dbg/scsi_debug/' /etc/multipath.conf
multipathd reconfigure; sleep 3; udevadm settle; sleep 2
multipathd show maps; multipathd show paths; multipathd show blacklist | tail -5
multipath -v3 -c sda 2>&1 | grep -i blacklist | sed 's/^[0-9.]* | //'

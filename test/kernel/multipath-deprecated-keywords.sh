#udev
# Keywords of older versions: each is named once a process, and does nothing; checker is another name of path_checker.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
cat > /etc/multipath.conf <<C
defaults {
	user_friendly_names yes
	find_multipaths no
	checker readsector0
	detect_checker no
	multipath_dir /lib/multipath
	config_dir /etc/multipath/other.d
	getuid_callout "/lib/udev/scsi_id -g -u -d /dev/%n"
	pg_timeout 5
	bindings_file bindings
	udev_dir /dev
	selector "round-robin 0"
	disable_changed_wwids yes
}
devices {
	device {
		vendor "Linux"
		product "scsi_debug"
		getuid_callout "/bin/true"
		pg_timeout none
		checker directio
		path_checker tur
	}
}
multipaths {
	multipath {
		wwid 1Linux_scsi_debug_2000
		pg_timeout 4
		alias data
		checker tur
	}
}
overrides {
	checker none
}
C
multipath -v2 2>&1 | sed 's/^[0-9.]* | /T | /'
multipath -t 2> /dev/null | grep -E 'check|getuid|pg_timeout|_dir|bindings|disable'
multipathd 2> /dev/null
sleep 3; udevadm settle; sleep 4
multipathd show config local 2> /dev/null | grep -E 'check|getuid|pg_timeout|_dir|bindings|disable'
multipathd show paths format "%d %c %T" 2> /dev/null

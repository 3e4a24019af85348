#udev
# Where each setting comes from, at verbosity 3: every section, what is implied, what is detected.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
cat > /etc/multipath.conf <<C
defaults {
	user_friendly_names yes
	find_multipaths no
	no_path_retry 3
	delay_watch_checks 5
	delay_wait_checks 4
	ghost_delay 7
	checker_timeout 11
	failback 10
	mode 0660
	uid 0
	dev_loss_tmo 600
	prio alua
}
devices {
	device {
		vendor "Linux"
		product "scsi_debug"
		path_grouping_policy group_by_prio
		detect_checker no
		path_checker directio
		detect_prio no
		features "1 queue_if_no_path"
		hardware_handler "1 rdac"
		vpd_vendor hp3par
		alias_prefix disk
		skip_kpartx yes
	}
}
overrides {
	path_selector "queue-length 0"
	max_sectors_kb 256
	flush_on_last_del yes
	recheck_wwid yes
	protocol {
		type "scsi:unspec"
		fast_io_fail_tmo 8
		eh_deadline 30
	}
}
multipaths {
	multipath {
		wwid 1Linux_scsi_debug_2000
		failback immediate
		rr_min_io_rq 7
		reservation_key 0xabc
		deferred_remove yes
		prio weightedpath
		prio_args "devname sda 3 sdb 4"
	}
}
C
m() { multipath "$@" 2>&1 | sed 's/^[0-9.]* | //'; }
m -v3; sleep 3; udevadm settle
sed -i 's/delay_watch_checks 5/san_path_err_threshold 2/' /etc/multipath.conf
m -v3 -r | grep -E 'setting:|delay'; sleep 2; udevadm settle
sed -i 's/san_path_err_threshold 2/marginal_path_err_sample_time 60\n marginal_path_err_rate_threshold 10\n marginal_path_err_recheck_gap_time 60\n marginal_path_double_failed_time 60/' /etc/multipath.conf
m -v3 -r -p multibus | grep -E 'setting:|delay|marginal|error'; sleep 2; udevadm settle
m -v1 -F

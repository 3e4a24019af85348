#udev
# overrides with features, checkers, groups, priorities and time-outs, against a device section and a multipaths section.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
cat > /etc/multipath.conf <<X
defaults {
 user_friendly_names yes
 find_multipaths no
 polling_interval 5
}
devices {
 device {
  vendor Linux
  product scsi_debug
  features "2 queue_mode bio"
  no_path_retry 3
  path_checker directio
  prio const
  rr_weight priorities
 }
}
overrides {
 features "3 queue_if_no_path pg_init_retries 5"
 no_path_retry fail
 path_checker tur
 detect_checker no
 rr_min_io_rq 9
 user_friendly_names no
 flush_on_last_del yes
 san_path_err_threshold 3
 protocol {
  type scsi:unspec
  fast_io_fail_tmo 7
  dev_loss_tmo 77
  eh_deadline 3
 }
}
multipaths {
 multipath {
  wwid 1Linux_scsi_debug_2000
  features "2 pg_init_delay_msecs 50"
  no_path_retry 7
  rr_min_io_rq 4
  alias m1
 }
}
X
multipathd
sleep 3; udevadm settle; sleep 3
dmsetup table; multipath -ll
multipathd show config local
multipath -v3 -d 2>&1 | sed 's/^[0-9.]* | //' | grep -E 'setting'
sed -i '/^multipaths/,$d' /etc/multipath.conf; multipathd reconfigure; sleep 3; udevadm settle; sleep 1
dmsetup table; multipath -ll
sed -i '/^overrides/,$d' /etc/multipath.conf; multipathd reconfigure; sleep 3; udevadm settle; sleep 1
dmsetup table; multipath -ll
multipath -t | sed -n '/^overrides/,/^}/p'

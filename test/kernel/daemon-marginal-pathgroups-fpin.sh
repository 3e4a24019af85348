#udev
# marginal_pathgroups fpin on a machine without a fabric, beside the other ways to be shaky.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n path_grouping_policy multibus\n marginal_pathgroups fpin\n%b}\n' "$1" > /etc/multipath.conf; }
log() { sed 's/^[0-9.]* | //' /tmp/log | grep -v 'scsi timeouts\|path is up\|path offline\|reinstated\|remaining active'; : > /tmp/log; }
m() { multipathd "$@" 2>&1 | sed 's/^[0-9.]* | //'; }
show() { echo "$1:"; m show paths format '%d %t %T %M'; dmsetup table; log; }
conf ''
multipath -t 2>&1 | sed 's/^[0-9.]* | //' | grep marginal_pathgroups
multipathd -d >> /tmp/log 2>&1 &
sleep 3; udevadm settle; sleep 3; show "at first"
m setmarginal path sda; sleep 2; show "set by hand"
m unsetmarginal path sda; sleep 2; show "unset"
conf ' san_path_err_threshold 1\n san_path_err_forget_rate 30\n san_path_err_recovery_time 15\n delay_watch_checks 3\n delay_wait_checks 3\n'; m reconfigure; sleep 4; show "san_path_err"
for i in 1 2 3; do echo offline > /sys/block/sda/device/state; sleep 3; echo running > /sys/block/sda/device/state; sleep 3; done; show "sda failed thrice"
conf ' marginal_path_double_failed_time 60\n marginal_path_err_sample_time 120\n marginal_path_err_rate_threshold 10\n marginal_path_err_recheck_gap_time 10\n'; m reconfigure; sleep 4; show "marginal_path"
for i in 1 2 3; do echo offline > /sys/block/sda/device/state; sleep 3; echo running > /sys/block/sda/device/state; sleep 3; done; show "sda failed thrice"
m shutdown; wait

#udev
# Numbers in the configuration: the least, the greatest, too small, too great, not numbers; for each the value in force.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
t() { for v in $2; do printf "defaults {\n $1 $v\n}\n" > /etc/multipath.conf; echo "$1 $v: $(multipath -t 2>/tmp/e | sed -n '/^defaults/,/^}/p' | grep -E "^[[:space:]]$1 " | tr -s '\t ' ' ') $(sed 's/^[0-9.]* | //;s/.etc.multipath.conf //' /tmp/e | sort -u | tr '\n' ';')"; done; }
t polling_interval '0 -1 1 4294967295 4294967296 1.5 0x10 abc'
t max_polling_interval '0 1 3'
t no_path_retry '0 1 -1 fail queue 99999999999 never'
t failback '0 1 immediate -1 10001 later'
t dev_loss_tmo '0 infinity 4294967295 4294967296 -1 off'
t fast_io_fail_tmo 'off 0 1 -1 99999'
t eh_deadline 'off 0 5 -1'
t rr_min_io_rq '0 1 -1 2147483648'
t checker_timeout '0 1 -1 x'
t max_fds 'max 0 100 -1 many'
t ghost_delay '0 -1 no off 5'
t san_path_err_threshold '0 no -1 3'
t max_sectors_kb '0 1 -1 64'
t uxsock_timeout '0 1 5000'
t remove_retries '0 -1 3'
t find_multipaths_timeout '0 -5 5'
t verbosity '0 4 5 -1'
t user_friendly_names 'yes no on off 1 0 maybe'

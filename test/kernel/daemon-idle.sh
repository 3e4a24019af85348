#udev
# A daemon with nothing to do is no hung task, however short the patience of khungtaskd.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n}\n' > /etc/multipath.conf
multipathd; sleep 3; udevadm settle
echo 4 > /proc/sys/kernel/hung_task_timeout_secs
sleep 20
dmesg | grep -c "blocked for more than"
multipathd show maps format "%n %t"

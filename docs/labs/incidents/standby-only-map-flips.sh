#udev
# Only the standby path is left: it answers, so it is up; its I/O fails, so it is down; and no_path_retry never runs out.
# The story: the optimized paths of an array were lost. The checker found the standby path good, reinstated it, and queueing began anew; the
# next I/O failed it. So it went every few seconds, for ever: a write neither completed nor failed.
# Source: multipath-tools ecf84a82 (2016)
# Look at: what became of the write long after the three retries.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
for n in 2 3; do sleep 2; echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; done; sleep 4
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 2\n max_polling_interval 2\n path_grouping_policy multibus\n no_path_retry 3\n}\n' > /etc/multipath.conf
multipathd
sleep 10
#: The third host of scsi_debug is in standby: its TUR passes, and the hardware handler fails its I/O.
for d in sda sdb; do echo offline > /sys/block/$d/device/state; done; sleep 4
dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=1 oflag=direct status=none 2>/dev/null && echo "the write completed" > /tmp/answer || echo "the write FAILED" > /tmp/answer &
sleep 30
[ -s /tmp/answer ] && cat /tmp/answer || echo "30 s later the write waits"
#: What helps: to take the path out by hand. Then the retries run out.
multipathd fail path sdc
sleep 12
cat /tmp/answer
multipathd show maps format "%n %Q %N"

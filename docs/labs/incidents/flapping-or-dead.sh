#udev
# A path that goes up and down hurts more than one that is dead: every time it is reinstated, I/O runs into it again.
# The story: a port that was up for 30 s and down for 30 s, a hundred times, delayed all I/O of its hosts again and again;
# delay_watch_checks and san_path_err (since 2016 and 2017) keep such a path out of use until it has held for a while.
# Source: multipath-tools faa76f9ad830; https://lore.kernel.org/all/e596eefc-2d42-e840-57cf-6219d43de9d9@huawei.com/T/
# Look at: how often the path was failed under I/O (the number behind its letter): once if it is dead, with every turn if it
# flaps, and how few more with san_path_err.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n no_path_retry queue\n path_grouping_policy multibus\n%s}\n' "$1" > /etc/multipath.conf; }
write() { dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=4 oflag=direct status=none 2>/dev/null || echo "a write FAILED"; }
failures() { dmsetup status mpatha | grep -oE "8:0 [AF] [0-9]+" | cut -d' ' -f3; }
flap() { for i in 1 2 3 4 5 6; do echo offline > /sys/block/sda/device/state; write; sleep 3; echo running > /sys/block/sda/device/state; sleep 3; write; done; }
conf ''
multipathd
sleep 3; udevadm settle; sleep 3
#: Dead: the first I/O fails the path, and nobody uses it again.
before=$(failures)
echo offline > /sys/block/sda/device/state
for i in 1 2 3 4 5 6; do write; sleep 3; done
echo "dead for 18 s: failed $(($(failures) - before)) times"
echo running > /sys/block/sda/device/state
sleep 5
#: Flapping: every 3 s the checker finds it up again.
before=$(failures)
flap
[ $(($(failures) - before)) -ge 6 ] && echo "down and up six times: failed with every turn"
#: san_path_err: after more than two failures in a while the path is not reinstated for a minute.
conf ' san_path_err_threshold 2
 san_path_err_forget_rate 20
 san_path_err_recovery_time 60
'
multipathd reconfigure
sleep 5
before=$(failures)
flap
more=$(($(failures) - before))
[ $more -ge 1 ] && [ $more -le 5 ] && echo "with san_path_err: failed fewer times" || echo "with san_path_err: failed $more times"
multipathd show paths format "%d %t"

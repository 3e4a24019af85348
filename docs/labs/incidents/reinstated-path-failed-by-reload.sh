#udev
# A path that was reinstated by hand is failed again by the next reload of its map.
# The story: an administrator failed a path, reinstated it, and soon after the map was reloaded. The daemon had not checked
# the path in between: in its books it was still down, and the reload made the kernel agree.
# Source: multipath-tools f1c5200d (2025), after the version 0.9.4 that runs here
# Look at: dm_st (the kernel) and chk_st (the daemon) of sda after each step.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 20\n max_polling_interval 20\n no_path_retry 3\n}\n' > /etc/multipath.conf
look() { echo "-- $1"; multipathd show paths format "%d %t %T"; }
multipathd
sleep 3; udevadm settle; sleep 3
look "both paths are up"
#: By hand: fail, and back at once.
multipathd fail path sda; sleep 1
look "failed"
multipathd reinstate path sda; sleep 1
look "reinstated"
#: A reload before the next check, up to 20 s away.
multipathd reload map mpatha; sleep 2
look "reloaded"
#: The next check puts it right.
sleep 25
look "after the next check"

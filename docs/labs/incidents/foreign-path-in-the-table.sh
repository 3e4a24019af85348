#udev
# A disk that is another LUN is put into a map's table by hand: what the daemon does about it.
# The story: a path ended up in the map of another volume. The daemon crashed, or wrote to the wrong volume.
# Source: https://github.com/opensvc/multipath-tools/issues/105
# Look at: which paths the table names after the daemon has seen it, and to whom each belongs.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
echo 2 > /sys/bus/pseudo/drivers/scsi_debug/max_luns
echo "- - -" > /sys/class/scsi_host/host0/scan; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n no_path_retry 4\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
show() { echo "-- $1"; dmsetup table mpatha; dmsetup status mpatha; multipathd show paths format "%d %w %t %T %m"; }
show "at first"
dmsetup reload mpatha --table "0 16384 multipath 1 queue_if_no_path 1 alua 1 1 service-time 0 3 1 8:0 1 8:16 1 8:32 1"; dmsetup resume mpatha
sleep 5; show "with a stranger in its table"
multipathd reload map mpatha; sleep 3; show "loaded anew"

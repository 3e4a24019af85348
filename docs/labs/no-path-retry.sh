#udev
# no_path_retry 3: with the last path gone I/O waits for three checks, then fails; a path that returns brings queueing back.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
cat > /etc/multipath.conf <<EOF
defaults {
    user_friendly_names yes
    find_multipaths no
    polling_interval 2
    max_polling_interval 2
    no_path_retry 3
}
EOF
multipathd
sleep 3; udevadm settle; sleep 3
write() { dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=1 oflag=direct status=none 2>/dev/null && echo "write $1 completed" || echo "write $1 FAILED"; }
queues() { multipathd show maps format "%n %Q %N"; dmsetup table mpatha | grep -c queue_if_no_path; }
queues
#: The only path is lost. The first write waits in the map: nothing answers it.
echo offline > /sys/block/sda/device/state
write 1 &
sleep 3
echo "-- after 3 s"
queues
#: Three checks of 2 s have found no path: the daemon turns queueing off, and what waited fails.
sleep 12
echo "-- after 15 s"
wait
queues
write 2
#: A path returns: the daemon turns queueing on again.
echo running > /sys/block/sda/device/state
sleep 6
echo "-- the path is back"
queues
write 3
multipathd show maps format "%n %Q %N %x %0"

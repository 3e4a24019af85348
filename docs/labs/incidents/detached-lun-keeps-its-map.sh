#udev
# The LUN is unmapped first and the map is flushed afterwards: with an opener the flush is refused, for ever.
# The story: a storage driver detached volumes in the wrong order. The paths were gone, something still had the map open,
# "multipath -f" said "map in use", and the orchestrator tried again for days.
# Source: https://github.com/kubernetes/kubernetes/issues/120328, https://github.com/Seagate/seagate-exos-x-csi/pull/141
# Look at: what each order of the same three steps leaves behind.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n no_path_retry queue\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
left() { echo "$1: $(dmsetup ls | sort | tr '\n' ' ')$(ls /sys/block | grep -c '^sd') disks"; }
unmap() { for d in /sys/block/sd*; do echo 1 > $d/device/delete; done; sleep 4; }
flush() { multipath -f mpatha > /dev/null 2>&1; echo "multipath -f mpatha: $?"; sleep 1; }
sleep 600 < /dev/mapper/mpatha & holder=$!; sleep 1
#: Unmap, flush, and only then close: the map stays, and each flush is refused.
unmap; left "unmapped while open"
flush; flush
kill $holder; sleep 3; left "closed afterwards"
flush; left "flushed after the close"
#: The right order: close, flush, unmap.
for h in 0 1; do echo "- - -" > /sys/class/scsi_host/host$h/scan; sleep 1; udevadm settle; done; sleep 4
left "mapped again"
flush; left "flushed"; unmap; left "unmapped"

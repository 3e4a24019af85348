# How long I/O waits for a path: for ever, or for as long as the module's parameter says; then it fails, and queueing is
# off until a table or a message brings it back. Linux prints the same.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
S=$(blockdev --getsz /dev/sda)
timeout=/sys/module/dm_multipath/parameters/queue_if_no_path_timeout_secs
dmsetup create mp --table "0 $S multipath 1 queue_if_no_path 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
lose() { for path in 8:0 8:16; do dmsetup message mp 0 fail_path $path; done; }
write() { dd if=/dev/zero of=/dev/mapper/mp bs=4096 count=1 oflag=direct status=none 2>/dev/null && echo "$1 completed" || echo "$1 FAILED"; }

#: All paths are told to fail; a write waits for 8 s, until one is told to work.
echo "-- without a limit: a path comes back after 8 s"
cat $timeout
lose
write "first write" &
sleep 8
dmsetup message mp 0 reinstate_path 8:16
wait

#: The module may set a limit: after 5 s without a path the map stops queueing, and what waits fails.
echo "-- with a limit of 5 s: it comes back too late"
echo 5 > $timeout
lose
write "second write" &
sleep 4
echo "4 s: $(dmsetup table mp)"
sleep 2
wait
echo "6 s: $(dmsetup table mp)"
dmesg | grep -o 'queue_if_no_path timeout on [0-9:]*, failing queued IO'
dmsetup message mp 0 reinstate_path 8:16
write "third write"

#: Queueing stays off until a message or a new table brings it back.
echo "-- a message brings queueing back"
dmsetup message mp 0 queue_if_no_path
dmsetup table mp

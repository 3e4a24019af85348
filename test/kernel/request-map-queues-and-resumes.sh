# A request map without paths queues I/O until a path is reinstated, and keeps it over a noflush suspend.
modprobe scsi_debug dev_size_mb=8 delay=0
dmsetup create m --table "0 16384 multipath 1 queue_if_no_path 0 1 1 round-robin 0 1 1 8:0 1"
dmsetup message m 0 fail_path 8:0
w() { ( dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none; echo "write rc=$?" ) & }
w; sleep 1; echo "queued"; dmsetup status m
a=$SECONDS; dmsetup message m 0 reinstate_path 8:0; wait
[ $((SECONDS - a)) -le 3 ] && echo "soon"
dmsetup message m 0 fail_path 8:0
w; sleep 1
dmsetup suspend --noflush m; echo "suspend rc=$?"; dmsetup table m
dmsetup resume m; sleep 1; echo "still queued"; dmsetup status m
dmsetup message m 0 fail_if_no_path; wait
dmsetup table m

# queue_if_no_path_timeout_secs switches queueing off when no path came back in time, and a suspend does not stop it.
modprobe brd rd_nr=1 rd_size=4096
echo 2 > /sys/module/dm_multipath/parameters/queue_if_no_path_timeout_secs
dmsetup create m --table "0 8192 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 1:0 1"
sleep 3; dmsetup table m
dmsetup message m 0 fail_path 1:0
( dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none; echo "write rc=$?" ) & sleep 0.7
echo "queued"; wait
dmsetup table m
dmsetup message m 0 queue_if_no_path; dmsetup table m; sleep 3; dmsetup table m
dmsetup message m 0 queue_if_no_path; dmsetup suspend m; sleep 3; dmsetup resume m; dmsetup table m
dmsetup message m 0 queue_if_no_path; dmsetup message m 0 reinstate_path 1:0; sleep 3; dmsetup table m
dmesg | grep -o 'device-mapper: multipath: .*'

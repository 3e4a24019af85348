# The no-path timer runs for a table that is only loaded: it loses queue_if_no_path before it is ever used.
modprobe brd rd_nr=1 rd_size=4096
echo 2 > /sys/module/dm_multipath/parameters/queue_if_no_path_timeout_secs
dmsetup create m --table "0 8192 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 1:0 1"
dmsetup load m --table "0 8192 multipath 3 queue_if_no_path queue_mode bio 0 0 0"
dmsetup table --inactive m
sleep 3
dmsetup table --inactive m; dmsetup table m
dmsetup resume m; dmsetup table m; dmsetup status m
dmesg | grep -o 'device-mapper: multipath: .*'

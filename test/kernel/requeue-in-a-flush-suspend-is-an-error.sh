# I/O that loses its last path while a flush suspend waits fails, even with queue_if_no_path.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create low --table "0 8192 linear 1:0 0"
dmsetup create slow --table "0 8192 delay 254:0 0 2000"
dmsetup create m --table "0 8192 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 254:1 1"
( dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none; echo "write rc=$?" ) > /tmp/w 2>&1 & sleep 0.5
dmsetup load low --table "0 8192 error"; dmsetup resume low
dmsetup suspend m; echo "suspend rc=$?"; wait; cat /tmp/w
dmsetup status m
dmsetup resume m; dmsetup table m; dmsetup status m

# I/O that fails while a noflush suspend waits is retried on another valid path, and the suspend then completes.
modprobe brd rd_nr=2 rd_size=4096
dmsetup create low --table "0 8192 linear 1:0 0"
dmsetup create slow --table "0 8192 delay 254:0 0 2000"
dmsetup create other --table "0 8192 linear 1:1 0"
dmsetup create m --table "0 8192 multipath 2 queue_mode bio 0 1 1 round-robin 0 2 1 254:1 1 254:2 1"
( dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none; echo "write rc=$?" ) > /tmp/w 2>&1 & sleep 0.5
dmsetup load low --table "0 8192 error"; dmsetup resume low
dmsetup suspend --noflush m; echo "suspend rc=$?"
wait; cat /tmp/w
dmsetup status m; awk '{print "writes on the other path", $5}' /sys/block/dm-2/stat
dmsetup info m | grep State; dmsetup resume m
dmesg | grep -o 'device-mapper: multipath: .*'

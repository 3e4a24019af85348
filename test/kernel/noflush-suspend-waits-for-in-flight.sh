# A noflush suspend waits for I/O that is on its way and then completes.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create slow --table "0 8192 delay 1:0 0 2000"
dmsetup create m --table "0 8192 multipath 2 queue_mode bio 0 1 1 round-robin 0 1 1 254:0 1"
( dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none; echo "write rc=$?" ) & sleep 0.5
( dmsetup suspend --noflush m; echo "suspend rc=$?" > /tmp/s ) & sleep 0.7
dmsetup info m | grep State; ls /tmp/s 2>&1
wait; cat /tmp/s
dmsetup info m | grep State
dmsetup resume m

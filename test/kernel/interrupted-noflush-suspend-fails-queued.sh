# When a noflush suspend is interrupted, the writes it had pushed back fail at once; the one in flight completes.
modprobe brd rd_nr=2 rd_size=4096
dmsetup create slow --table "0 8192 delay 1:0 0 3500"
dmsetup create m --table "0 8192 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 2 1 254:0 1 1:1 1"
w() { dd if=/dev/zero of=/dev/mapper/m bs=4096 seek=$1 count=1 oflag=direct status=none 2>/dev/null; echo "write $1 rc=$?" >> /tmp/w$1; }
w 1 & sleep 0.5
dmsetup message m 0 fail_path 254:0; dmsetup message m 0 fail_path 1:1
w 2 & w 3 & sleep 0.5
cat /tmp/w? 2>/dev/null; dmsetup status m
timeout 1 dmsetup suspend --noflush m; echo "suspend rc=$?"
sleep 0.3; cat /tmp/w?
dmsetup info m | grep State; dmsetup table m
wait; cat /tmp/w?
dmsetup suspend --noflush m; dmsetup resume m; dmsetup table m
dmesg | grep -o 'device-mapper: multipath: .*QIFNP.*'

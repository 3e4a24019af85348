# An interrupted suspend leaves queue_if_no_path off: I/O fails, the next suspend logs it, the next resume brings it back.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create slow --table "0 8192 delay 1:0 0 2500"
dmsetup create m --table "0 8192 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 254:0 1"
( dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none; echo "slow write rc=$?" ) &
sleep 0.5
timeout 1 dmsetup suspend m; echo "suspend rc=$?"
dmsetup info m | grep State; dmsetup table m
wait %1
dmsetup message m 0 fail_path 254:0
dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none; echo "write rc=$?"
dmsetup resume m; dmsetup table m
dmsetup suspend m; echo "suspend rc=$?"
dmsetup resume m; dmsetup table m
dmesg | grep -o 'device-mapper: multipath: .*'

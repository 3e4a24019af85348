# While a suspend still waits for I/O, messages are accepted; queue_if_no_path sent then survives the suspend.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create slow --table "0 8192 delay 1:0 0 3000"
dmsetup create m --table "0 8192 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 254:0 1"
dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none & sleep 0.5
dmsetup suspend m & sleep 0.5
dmsetup info m | grep State; dmsetup table m
dmsetup message m 0 queue_if_no_path; echo "message rc=$?"
dmsetup table m
wait
dmsetup info m | grep State; dmsetup table m
dmsetup message m 0 queue_if_no_path; echo "message rc=$?"
dmsetup resume m; dmsetup table m

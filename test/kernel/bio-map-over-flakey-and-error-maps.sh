# A bio map over flakey and error maps: paths fail, I/O is queued, and goes on once a path is reinstated.
modprobe brd rd_nr=2 rd_size=8192
dmsetup create low0 --table '0 16384 flakey /dev/ram0 0 60 0'
dmsetup create low1 --table '0 16384 error'
dmsetup create mp --table '0 16384 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 2 1 /dev/mapper/low1 1 /dev/mapper/low0 1'
dmsetup status mp
for i in 1 2 3; do dd if=/dev/zero of=/dev/mapper/mp bs=4k count=1 seek=$i oflag=direct status=none; echo "rc $?"; dmsetup status mp; done
dmsetup suspend low0; dmsetup load low0 --table '0 16384 flakey /dev/ram0 0 0 60 1 error_writes'; dmsetup resume low0
(dd if=/dev/zero of=/dev/mapper/mp bs=4k count=1 oflag=direct status=none; echo "write ended $?") > /tmp/w 2>&1 &
(dd if=/dev/mapper/mp of=/dev/null bs=4k count=1 iflag=direct status=none; echo "read ended $?") > /tmp/r 2>&1 &
sleep 2
cat /tmp/w /tmp/r; echo "--"
dmsetup status mp
dmsetup suspend low0; dmsetup load low0 --table '0 16384 linear /dev/ram0 0'; dmsetup resume low0
sleep 1
cat /tmp/w /tmp/r; echo "--"
dmsetup message mp 0 reinstate_path /dev/mapper/low0
sleep 1
wait
cat /tmp/w /tmp/r
dmsetup status mp

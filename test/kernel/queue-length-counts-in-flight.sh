# queue-length sends each I/O to the path with the fewest in flight, and shows the counts.
modprobe brd rd_nr=3 rd_size=4096
for i in 0 1 2; do dmsetup create s$i --table "0 8192 delay 1:$i 0 4000"; done
dmsetup create m --table "0 8192 multipath 2 queue_mode bio 0 1 1 queue-length 0 3 1 254:0 1 254:1 1 254:2 1"
for i in 0 1 2 3 4; do dd if=/dev/mapper/m of=/dev/null bs=4096 skip=$i count=1 iflag=direct status=none & sleep 0.2; done
sleep 0.5; dmsetup status m; dmsetup status s0 s1 s2
wait; dmsetup status m

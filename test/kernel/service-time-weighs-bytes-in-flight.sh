# service-time weighs the bytes in flight against the relative throughput of each path.
modprobe brd rd_nr=3 rd_size=4096
for i in 0 1 2; do dmsetup create s$i --table "0 8192 delay 1:$i 0 6000"; done
r() { dd if=/dev/mapper/m of=/dev/null bs=$1 count=1 iflag=direct status=none & sleep 0.2; }
dmsetup create m --table "0 8192 multipath 2 queue_mode bio 0 1 1 service-time 0 3 2 254:0 1 1 254:1 1 2 254:2 1 4"
for i in 1 2 3 4 5 6 7 8; do r 4096; done; sleep 0.3; dmsetup status m; wait; dmsetup status m; dmsetup remove m
dmsetup create m --table "0 8192 multipath 2 queue_mode bio 0 1 1 service-time 0 2 2 254:0 1 1 254:1 1 1"
r 32768; for i in 1 2 3; do r 4096; done; sleep 0.3; dmsetup status m; for i in 4 5 6 7 8 9; do r 4096; done; sleep 0.3; dmsetup status m; wait

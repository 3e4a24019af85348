# Arguments of round-robin, queue-length and service-time are swallowed and not shown; repeat counts above 1 become 1.
modprobe brd rd_nr=2 rd_size=4096
t() { dmsetup create m --table "0 8192 multipath 2 queue_mode bio 0 1 1 $1"; echo "rc=$?"; dmsetup table m; dmsetup status m; dmsetup remove m; }
t "round-robin 2 a b 1 1 1:0 1"
t "queue-length 1 x 1 1 1:0 0"
t "service-time 0 2 0 1:0 1:1"
t "service-time 0 1 1 1:0 7"
t "service-time 0 2 2 1:0 1 100 1:1 0 0"
t "round-robin 0 1 0 1:0"
t "queue-length 0 2 1 1:0 2 1:1 1000"
dmesg | grep -o 'device-mapper: multipath.*' | grep -v initialised

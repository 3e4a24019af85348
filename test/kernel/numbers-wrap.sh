# Numbers in multipath and flakey tables wrap modulo 2^32 before the range check; stripe counts do not.
modprobe brd rd_nr=1 rd_size=4096
t() { dmsetup create d --table "$1"; echo "rc=$?"; dmsetup table d 2>/dev/null; dmsetup remove d 2>/dev/null; }
t "0 8192 multipath 4294967298 queue_mode bio 0 4294967297 1 round-robin 0 1 1 1:0 4294967296"
t "0 8192 multipath 2 queue_mode bio 0 1 1 round-robin 0 1 1 01:00 007"
t "0 8192 multipath 2 queue_mode bio 0 1 1 round-robin 0 1 1 1:0 +1"
t "0 8192 multipath 2 queue_mode bio 0 1 1 round-robin 0 1 1 1:0 -1"
t "0 8192 multipath 2 queue_mode bio 0 1 1 round-robin 0 1 1 1:0 0x1"
t "0 8192 flakey 1:0 0 4294967297 2"
t "0 8192 flakey 1:0 0 4294967295 1"
t "0 8192 flakey 1:0 0 4294967295 3"
t "0 8192 striped 4294967297 8 1:0 0"
t "0 8192 striped 1 4294967304 1:0 0"
t "0 8 linear 1:0 18446744073709551616"
t "0 8 linear 1:0 18446744073709551624"
dmesg | grep -o 'device-mapper: \(table\|ioctl\):.*' | grep -v initialised

# Each path must be at least as long as the table, wherever it is listed; equal is enough.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create small --table "0 4096 linear 1:0 4096"
t() { dmsetup create m --table "0 $1 multipath 2 queue_mode bio 0 2 1 round-robin 0 1 1 1:0 1 round-robin 0 1 1 254:0 1"; echo "rc=$?"; dmsetup remove m 2>/dev/null; }
t 4096
t 4095
t 4097
t 8192
dmesg | grep -o 'device-mapper: \(table\|core\|ioctl\):.*' | grep -v 'initialised\|IMA'

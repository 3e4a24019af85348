# The initial group: 0 only without groups, and a number larger than the count is accepted.
modprobe brd rd_nr=2 rd_size=4096
t() { dmsetup create m --table "0 8192 multipath 2 queue_mode bio 0 $1"; local rc=$?; echo "rc=$rc"; [ $rc = 0 ] || return; dmsetup status m; dmsetup table m
  dd if=/dev/mapper/m of=/dev/null bs=4096 count=1 iflag=direct status=none; dmsetup status m; dmsetup remove m; }
G="round-robin 0 1 1 1:0 1 round-robin 0 1 1 1:1 1"
t "2 1 $G"
t "2 2 $G"
t "2 3 $G"
t "2 1024 $G"
t "2 1025 $G"
t "2 0 $G"
t "0 1"
t "0 0"
dmesg | grep -o 'device-mapper: \(table\|ioctl\).*' | grep -v initialised

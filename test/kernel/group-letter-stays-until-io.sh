# The active group keeps its letter A when all its paths fail, until an I/O is tried; then E and group 1.
modprobe brd rd_nr=2 rd_size=4096
dmsetup create m --table "0 8192 multipath 2 queue_mode bio 0 2 2 round-robin 0 1 1 1:0 1 round-robin 0 1 1 1:1 1"
r() { dd if=/dev/mapper/m of=/dev/null bs=4096 count=1 iflag=direct status=none 2>/dev/null; echo "read rc=$?"; dmsetup status m; }
r
dmsetup message m 0 fail_path 1:1; dmsetup status m
dmsetup message m 0 fail_path 1:0; dmsetup status m
r
dmsetup message m 0 reinstate_path 1:1; dmsetup status m
r

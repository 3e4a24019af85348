# A table without any path queues or fails I/O until a table with paths is loaded.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create m --table "0 8192 multipath 2 queue_mode bio 0 0 0"
w() { dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none; echo "write $1 rc=$?"; }
w 1; dmsetup status m; dmsetup deps m
dmsetup message m 0 queue_if_no_path; dmsetup message m 0 switch_group 1; echo "rc=$?"
w 2 & sleep 1; echo "queued"; dmsetup table m
dmsetup load m --table "0 8192 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 1:0 1"
dmsetup suspend --noflush m; dmsetup resume m; wait
dmsetup load m --table "0 8192 multipath 3 queue_if_no_path queue_mode bio 0 0 0"; dmsetup suspend --noflush m; dmsetup resume m; echo "rc=$?"
w 3 & sleep 1; dmsetup status m
dmsetup suspend m; wait; dmsetup resume m; dmsetup table m; blockdev --getsz /dev/mapper/m

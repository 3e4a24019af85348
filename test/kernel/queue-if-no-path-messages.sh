# queue_if_no_path and fail_if_no_path switch queueing at run time; fail_if_no_path fails what is queued.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create m --table "0 8192 multipath 2 queue_mode bio 0 1 1 round-robin 0 1 1 1:0 1"
w() { dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none; echo "write $1 rc=$?"; }
dmsetup message m 0 fail_path 1:0; w 1
dmsetup message m 0 queue_if_no_path; dmsetup table m
w 2 & sleep 1; echo "still queued"; dmsetup status m
dmsetup message m 0 fail_if_no_path; wait
dmsetup table m
dmsetup message m 0 queue_if_no_path
w 3 & sleep 1
dmsetup message m 0 reinstate_path 1:0; wait
dmsetup status m; dmsetup table m
sleep 0.2; dmsetup info -c --noheadings -o events m

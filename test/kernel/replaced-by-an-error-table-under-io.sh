# remove --force of a map with queued I/O swaps in an error table: the I/O fails and the map can go.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create m --table "0 8192 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 1:0 1"
dmsetup message m 0 fail_path 1:0
( dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none; echo "write rc=$?" ) > /tmp/w 2>&1 & sleep 1
dmsetup remove m; echo "rc=$?"
dmsetup wipe_table --noflush m; echo "rc=$?"; wait; cat /tmp/w
dmsetup table m; dmsetup remove m; echo "rc=$?"
dmsetup create m --table "0 8192 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 1:0 1"
dmsetup message m 0 fail_path 1:0
( dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none; echo "write rc=$?" ) > /tmp/w 2>&1 & sleep 1
dmsetup remove --force m; echo "rc=$?"; wait; cat /tmp/w; dmsetup info m 2>&1 | grep -E 'State|exist'

# A signal to a process that waits for I/O is delivered when the I/O ends.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create m --table "0 8192 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 1:0 1"
dmsetup message m 0 fail_path 1:0
dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none & p=$!
sleep 0.5; kill $p; sleep 0.5
dmsetup message m 0 reinstate_path 1:0; wait $p; echo "rc=$?"

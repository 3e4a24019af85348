# bio mode: reinstating the last path sends the waiting write, which fails it again. Both are one event.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create p --table "0 8192 error"
dmsetup create m --table "0 8192 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 254:0 1"
dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none & sleep 1
dmsetup message m 0 reinstate_path 254:0; sleep 0.5; dmsetup info -c --noheadings -o events m
dmsetup message m 0 fail_if_no_path; wait

# A path listed in two groups fails in both: two log lines, one event.
modprobe brd rd_nr=2 rd_size=4096
dmsetup create m --table "0 8192 multipath 2 queue_mode bio 0 2 1 round-robin 0 2 1 1:0 1 1:1 1 queue-length 0 1 1 1:0 1"
s() { sleep 0.2; dmsetup status m; dmsetup info -c --noheadings -o events m; }
s
dmsetup deps m
dmsetup message m 0 fail_path 1:0; s
dmsetup message m 0 reinstate_path 1:0; s
dmesg | grep -o 'device-mapper: multipath: .*'

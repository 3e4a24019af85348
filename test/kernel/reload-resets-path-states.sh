# A reloaded multipath table starts with all paths active and no failures; the event number goes on.
modprobe brd rd_nr=2 rd_size=4096
T="0 8192 multipath 2 queue_mode bio 0 1 1 round-robin 0 2 1 1:0 1 1:1 1"
dmsetup create m --table "$T"
s() { sleep 0.2; dmsetup status m; dmsetup info -c --noheadings -o attr,events m; }
dd if=/dev/mapper/m of=/dev/null bs=4096 count=1 iflag=direct status=none
dmsetup message m 0 fail_path 1:0; dmsetup message m 0 reinstate_path 1:0; dmsetup message m 0 fail_path 1:0; s
dmsetup load m --table "$T"; s
dmsetup status --inactive m
dmsetup resume m; s

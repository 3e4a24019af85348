# Failing a failed path or reinstating an active one does nothing: no log, no event, no count.
modprobe brd rd_nr=2 rd_size=4096
dmsetup create m --table "0 8192 multipath 2 queue_mode bio 0 1 1 round-robin 0 2 1 1:0 1 1:1 1"
m() { dmsetup message m 0 $*; echo "$* rc=$?"; sleep 0.2; dmsetup status m; dmsetup info -c --noheadings -o events m; }
m reinstate_path 1:0
m fail_path 1:0; m fail_path 1:0
m reinstate_path 1:0; m reinstate_path 1:0
m fail_path 1:0
m fail_path 1:7
dmesg | grep -o 'device-mapper: multipath: .*'

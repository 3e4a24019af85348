# switch_group re-enables all disabled groups; each group message is an event even when nothing changes.
modprobe brd rd_nr=3 rd_size=4096
dmsetup create m --table "0 8192 multipath 2 queue_mode bio 0 3 1 round-robin 0 1 1 1:0 1 round-robin 0 1 1 1:1 1 round-robin 0 1 1 1:2 1"
s() { sleep 0.2; dmsetup status m; dmsetup info -c --noheadings -o events m; }
m() { dmsetup message m 0 $1 $2; s; }
s
m disable_group 1; m disable_group 1; m disable_group 3
m switch_group 2
m enable_group 2
m switch_group 2
dd if=/dev/mapper/m of=/dev/null bs=4096 count=1 iflag=direct status=none
s
m disable_group 1

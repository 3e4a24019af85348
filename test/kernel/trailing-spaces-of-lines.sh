# multipath status and table lines end with a space, lines without parameters too, the others do not.
modprobe brd rd_nr=2 rd_size=4096
show() { dmsetup create d --table "$1"; dmsetup status d | sed 's/$/|/'; dmsetup table d | sed 's/$/|/'; dmsetup remove d; }
show "0 8192 multipath 2 queue_mode bio 0 1 1 round-robin 0 1 1 1:0 1"
show "0 8192 multipath 2 queue_mode bio 0 0 0"
show "0 8192 striped 2 8 1:0 0 1:1 0"
show "0 8192 linear 1:0 0"
show "0 8192 zero"
show "0 8192 error"
show "0 8192 error 1:0 0"
show "0 8192 delay 1:0 0 0"
show "0 8192 flakey 1:0 0 1 0"

# dmesg has the lines of all three selector modules, loaded at boot.
modprobe brd rd_nr=1 rd_size=4096
dmesg | grep -o 'device-mapper: multipath .*'
dmsetup create m --table "0 8192 multipath 2 queue_mode bio 0 1 1 queue-length 0 1 1 1:0 1"
dmesg | grep -o 'device-mapper: multipath .*'

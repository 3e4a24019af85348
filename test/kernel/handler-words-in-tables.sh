# A handler's arguments are never shown; a request map takes alua, refuses unknown handlers and bad arguments; a bio map ignores the words.
modprobe brd rd_nr=1 rd_size=4096
modprobe scsi_debug dev_size_mb=8 vpd_use_hostno=0 delay=0; sleep 1
t() { echo "> $1"; dmsetup create m --table "0 8192 multipath $1" && { dmsetup table m; dmsetup status m; dmsetup remove m; }; cat /sys/block/sda/device/dh_state; }
t "0 1 alua 1 1 round-robin 0 1 1 8:0 1"
t "0 2 alua 1 1 1 round-robin 0 1 1 8:0 1"
t "0 3 alua foo bar 1 1 round-robin 0 1 1 8:0 1"
t "0 1 nosuch 1 1 round-robin 0 1 1 8:0 1"
t "1 retain_attached_hw_handler 1 nosuch 1 1 round-robin 0 1 1 8:0 1"
t "0 0 1 1 round-robin 0 1 1 8:0 1"
t "1 retain_attached_hw_handler 0 1 1 round-robin 0 1 1 8:0 1"
t "2 queue_mode bio 0 1 1 round-robin 0 1 1 8:0 1"
t "2 queue_mode bio 1 nosuch 1 1 round-robin 0 1 1 1:0 1"
t "3 queue_mode bio queue_if_no_path 2 alua x 1 1 round-robin 0 1 1 8:0 1"
t "0 1 alua 1 1 round-robin 0 1 1 1:0 1"
t "0 1025 alua"
dmesg | grep -o 'device-mapper: \(table\|multipath\|ioctl\):.*' | grep -v initialised

# A multipath map refuses every message with EBUSY while it is suspended, without a log line.
modprobe brd rd_nr=2 rd_size=4096
dmsetup create m --table "0 8192 multipath 2 queue_mode bio 0 1 1 round-robin 0 2 1 1:0 1 1:1 1"
dmsetup suspend m
for w in "fail_path 1:0" "reinstate_path 1:0" "switch_group 1" queue_if_no_path fail_if_no_path nonsense; do dmsetup message m 0 $w; echo "$w rc=$?"; done
dmsetup message m 0 @nonsense; echo "rc=$?"
dmsetup message m 9999 fail_path 1:0; echo "rc=$?"
dmsetup status m
dmsetup resume m
dmsetup message m 0 fail_path 1:0; echo "rc=$?"
dmsetup status m
dmesg | grep -o 'device-mapper: \(multipath:\|ioctl\).*' | grep -v initialised

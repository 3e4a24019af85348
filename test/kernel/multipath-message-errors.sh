# Every way a multipath message is wrong, and what the kernel logs.
modprobe brd rd_nr=2 rd_size=4096
touch /tmp/file
dmsetup create m --table "0 8192 multipath 2 queue_mode bio 0 2 1 round-robin 0 1 1 1:0 1 round-robin 0 1 1 1:1 1"
m() { dmsetup message m 0 "$@"; echo "$* rc=$?"; }
m disable_group 0
m disable_group 3
m enable_group x
m enable_group -1
m switch_group 0
m switch_group 1x
m fail_path nosuch
m fail_path /tmp/file
m fail_path 8:0x
m fail_path 4096:0
m fail_path 9:9
m reinstate_path nosuch
m fail_path
m fail_path 1:0 1:1
m FAIL_PATH 1:0
m Reinstate_Path /dev/ram0
m switch_group 02
dmsetup status m
dmesg | grep -o 'device-mapper: multipath: .*'

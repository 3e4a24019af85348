# The ways a device word in a table can be wrong, and a device that cannot be used.
modprobe brd rd_nr=1 rd_size=4096
t() { dmsetup load d --table "0 8 linear $1 0"; echo "rc=$? $1"; dmsetup table --inactive d; dmsetup clear d; }
dmsetup create d --table "0 8 zero"
touch /tmp/file; ln -s /dev/ram0 /tmp/link
t 1:0
t /dev/ram0
t /tmp/link
t ram0
t /dev/nosuch
t /tmp/file
t /dev/null
t 8:0x
t 9:9
t 4096:0
t 1:1048576
t 254:0
t /dev/mapper/d
t 0:0
dmesg | grep -o 'device-mapper: \(table\|ioctl\):.*' | grep -v initialised

# I/O deferred during a suspend that lies beyond the end of the new, smaller table fails at resume.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create d --table "0 1000 linear 1:0 0"
w() { ( dd if=/dev/zero of=/dev/mapper/d bs=4096 seek=$1 count=1 oflag=direct status=none; echo "write $1 rc=$?" ) > /tmp/w$1 2>&1; }
dmsetup suspend --noflush d
w 0 & w 100 & sleep 0.7
dmsetup load d --table "0 400 linear 1:0 0"
dmsetup resume d; echo "rc=$?"; wait
cat /tmp/w0 /tmp/w100
blockdev --getsz /dev/mapper/d; cat /sys/block/dm-0/size
dmesg | grep -o 'device-mapper: core: .*IO.*\|dd: attempt.*\|dm-0: rw=.*'

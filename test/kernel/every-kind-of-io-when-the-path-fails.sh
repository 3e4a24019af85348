exec 2>&1
# every kind of I/O through a bio map whose only path fails
modprobe brd rd_nr=1 rd_size=8192
dmsetup create low --table '0 16384 linear /dev/ram0 0'
dmsetup create mp --table '0 16384 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 /dev/mapper/low 1'
try() {
  echo "== $*"
  dmsetup suspend low; dmsetup load low --table '0 16384 error'; dmsetup resume low
  ("$@"; echo "ended $?") > /tmp/out 2>&1 &
  sleep 2; echo "so far: $(cat /tmp/out)"; dmsetup status mp
  dmsetup suspend low; dmsetup load low --table '0 16384 linear /dev/ram0 0'; dmsetup resume low
  dmsetup message mp 0 reinstate_path /dev/mapper/low
  wait; cat /tmp/out; dmsetup status mp
}
try blkdiscard -f /dev/mapper/mp
try blkdiscard -f -z /dev/mapper/mp
try dd if=/dev/zero of=/dev/mapper/mp bs=4k count=3 conv=fsync status=none
try dd if=/dev/zero of=/dev/mapper/mp bs=4k count=3 status=none
try dd if=/dev/mapper/mp of=/dev/null bs=64k count=3 status=none
try dd if=/dev/zero of=/dev/mapper/mp bs=1M count=3 oflag=direct status=none
try dd if=/dev/zero of=/dev/mapper/mp bs=4k count=1 oflag=direct,dsync status=none
try sync
try blockdev --flushbufs /dev/mapper/mp
try dmsetup suspend --nolockfs mp; dmsetup resume mp

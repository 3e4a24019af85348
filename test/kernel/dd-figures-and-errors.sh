# What dd itself prints: records, partial blocks, short disks, errors and exit codes.
modprobe brd rd_nr=1 rd_size=64
dmsetup create d --table "0 100 linear 1:0 0"
q() { dd "$@" 2>&1 | sed 's/, [0-9.e-]* s, .*/, TIME/'; echo "rc=${PIPESTATUS[0]}"; }
q if=/dev/zero of=/dev/mapper/d bs=4096 oflag=direct
q if=/dev/zero of=/dev/mapper/d bs=512 count=3 oflag=direct
q if=/dev/mapper/d of=/dev/null bs=4096
q if=/dev/mapper/d of=/dev/null bs=8192 skip=6
q if=/dev/mapper/d of=/dev/null bs=512 skip=200
q if=/dev/mapper/d of=/dev/null bs=100 iflag=direct
q if=/dev/mapper/nosuch of=/dev/null
q if=/dev/zero of=/dev/mapper/d bs=512 seek=100 count=1
q if=/dev/zero of=/dev/mapper/d bs=512 seek=101 count=1 oflag=direct
q if=/dev/zero of=/tmp/o bs=1000 count=2 seek=1; stat -c %s /tmp/o
q if=/dev/zero of=/tmp/o bs=1k count=0 seek=4; stat -c %s /tmp/o

# dd conversions and odd sizes
modprobe brd rd_nr=1 rd_size=1024
printf 'Hello World\nsecond line\n' > /tmp/t
for c in ucase lcase swab; do dd if=/tmp/t conv=$c status=none; done
dd if=/tmp/t conv=block cbs=16 status=none | od -An -c | head -3
dd if=/tmp/t conv=block cbs=8 2>&1 | tail -4 | sed 's/, [0-9.e-]* s.*//'
printf 'ab      cdef    ' | dd conv=unblock cbs=8 status=none
dd if=/tmp/t bs=5 conv=sync status=none | od -An -tx1 | tail -2
dd if=/tmp/t bs=10 skip=1 count=1 status=none; echo
dd if=/tmp/t of=/tmp/u bs=4 seek=2 conv=notrunc status=none; ls -l /tmp/u | awk '{print $5}'
dd if=/tmp/t of=/tmp/u bs=4 seek=1 count=1 status=none; ls -l /tmp/u | awk '{print $5}'
dd if=/tmp/t of=/tmp/u conv=excl status=none; echo $?
dd if=/tmp/t of=/tmp/new conv=nocreat status=none; echo $?
dd if=/dev/zero of=/dev/ram0 bs=1000 count=1 oflag=direct status=none; echo $?
dd if=/dev/zero of=/dev/ram0 bs=64k 2>&1 | sed 's/, [0-9.e-]* s.*//'
dd if=/dev/ram0 ibs=512 obs=4096 count=9 2>&1 >/dev/null | head -2
dd if=/tmp/t iflag=fullblock,count_bytes,skip_bytes bs=8 skip=3 count=5 status=none; echo
dd if=/tmp/t of=/tmp/v oflag=append conv=notrunc status=none; dd if=/tmp/t of=/tmp/v oflag=append conv=notrunc status=none; wc -l < /tmp/v
dd if=/nosuch; echo $?; dd of=/nosuch/x < /tmp/t; echo $?; dd bs=0; echo $?; dd foo=1; echo $?; dd bs=1x; echo $?; dd conv=foo; echo $?
dd if=/dev/zero bs=1M count=1 conv=sparse of=/tmp/sp status=none; stat -c "%s %b" /tmp/sp

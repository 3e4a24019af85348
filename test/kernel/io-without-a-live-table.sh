# A device with only a loaded table has size zero: reads end at once, writes find no space, a flush has nothing to do.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create d --notable; dmsetup load d --table "0 1000 linear 1:0 0"
dmsetup mknodes d; ls /dev/mapper
dd if=/dev/mapper/d of=/dev/null bs=512 count=1 iflag=direct 2>&1 | head -2
dd if=/dev/zero of=/dev/mapper/d bs=512 count=1 oflag=direct status=none; echo "rc=$?"
sync /dev/mapper/d; echo "rc=$?"
blockdev --getsz /dev/mapper/d; blockdev --flushbufs /dev/mapper/d; echo "rc=$?"
dmsetup suspend d; dd if=/dev/mapper/d of=/dev/null bs=512 count=1 iflag=direct status=none; echo "rc=$?"
dmesg | grep -o 'device-mapper: core: .*table.*'

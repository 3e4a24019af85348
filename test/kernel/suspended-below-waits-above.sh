# I/O to a device above a suspended one waits in the lower one; the upper one cannot be suspended until it is done.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create low --table "0 8192 linear 1:0 0"
dmsetup create top --table "0 8192 linear 254:0 0"
dmsetup suspend low
( dd if=/dev/zero of=/dev/mapper/top bs=4096 count=1 oflag=direct status=none; echo "write rc=$?" ) & w=$!
sleep 0.5; timeout 1 dmsetup suspend --noflush top; echo "suspend rc=$?"; dmsetup info -c --noheadings -o name,attr,open
dmsetup remove low; echo "rc=$?"; dmsetup remove top; echo "rc=$?"
dmsetup resume low; wait $w; dmsetup suspend top; echo "rc=$?"; dmsetup info -c --noheadings -o name,attr
( dd if=/dev/zero of=/dev/mapper/low bs=4096 count=1 oflag=direct status=none; echo "write to low rc=$?" ) ; dmsetup resume top

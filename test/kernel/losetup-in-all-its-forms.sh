# losetup: devices in use, sizes of sectors, offsets, what lies over other devices, and calls that are wrong.
cd /tmp; truncate -s 1M a.img; truncate -s 1000000 b.img; printf 'head of the file' | dd of=a.img conv=notrunc status=none
losetup -f; losetup -f a.img; losetup -f --show b.img; losetup -f
blockdev --getsz --getss --getbsz --getro --getra /dev/loop0; blockdev --getsize64 /dev/loop1
losetup -b 4096 /dev/loop0; echo "rc=$?"; blockdev --getss --getsize64 /dev/loop0; losetup -b 1000 /dev/loop0; echo "rc=$?"; losetup -b 512 /dev/loop0; echo "rc=$?"
exec 3</dev/loop0; losetup -b 2048 /dev/loop0; echo "in use rc=$?"; exec 3<&-
dmsetup create onloop --table "0 1024 linear /dev/loop0 0"; losetup -b 4096 /dev/loop0; echo "mapped rc=$?"; losetup -d /dev/loop0; echo "detach in use rc=$?"; losetup -n -O NAME,AUTOCLEAR,LOG-SEC /dev/loop0; cat /sys/block/loop0/loop/autoclear
dmsetup remove onloop; sleep 0.2; losetup -n -O NAME,BACK-FILE; ls -d /sys/block/loop0/loop 2>&1
losetup -o 512 /dev/loop0 a.img; losetup -o 1024 --sizelimit 2048 /dev/loop2 a.img; losetup -o 3 -f a.img; echo "odd offset rc=$?"; losetup -o 2M -f --show a.img; echo "beyond rc=$?"; losetup --sizelimit 700 -f --show a.img; echo "rc=$?"
losetup -n -O NAME,OFFSET,SIZELIMIT,RO,DIO,BACK-FILE | tr -s ' '; for d in 0 1 2 3 4 5; do [ -e /sys/block/loop$d/loop ] && blockdev --getsize64 /dev/loop$d; done
dd if=/dev/loop2 of=/dev/null bs=512 status=none; echo $?
losetup -r /dev/loop5 a.img; cat /sys/block/loop5/ro; dd if=/dev/zero of=/dev/loop5 count=1 2>&1 | head -1; echo data > /dev/loop5; echo "rc=$?"
losetup --direct-io=on /dev/loop1; echo "rc=$?"; cat /sys/block/loop1/loop/dio; losetup --direct-io=off /dev/loop1; losetup --direct-io=maybe /dev/loop1; echo "rc=$?"
truncate -s 2M a.img; blockdev --getsize64 /dev/loop0; losetup -c /dev/loop0; blockdev --getsize64 /dev/loop0; losetup -c /dev/loop6; echo "rc=$?"; losetup -c; echo "rc=$?"
losetup -j a.img | sed 's/\[[0-9]*\]:[0-9]*/[]:/'; losetup -j a.img -o 512 | wc -l; losetup --associated nosuch; echo "rc=$?"
losetup /dev/loop9 a.img; echo "rc=$?"; ls -l /dev/loop9 | cut -c1,2; losetup /dev/loop77 a.img; echo "rc=$?"; losetup /dev/nosuch a.img; echo "rc=$?"; losetup /tmp/a.img b.img; echo "rc=$?"; losetup -f /dev/null; echo "rc=$?"; losetup -f nosuch.img; echo "rc=$?"; losetup -f; losetup -a -f; echo "rc=$?"; losetup a b c; echo "rc=$?"; losetup -o x -f a.img; echo "rc=$?"; losetup -L -f a.img; echo "rc=$?"; losetup --nooverlap -f --show a.img; echo "rc=$?"
losetup -P -f --show b.img; losetup -d /dev/loop77; echo "rc=$?"; losetup -d; echo "rc=$?"; losetup -d /dev/loop2 /dev/loop3; echo "rc=$?"; rm b.img; losetup -n -O BACK-FILE /dev/loop1; losetup -l -n -O NAME,BACK-FILE | head -3; losetup -J -O NAME,OFFSET | head -4; losetup -D; losetup; losetup -a; losetup --version; losetup -O BOGUS; echo "rc=$?"
dmesg | grep -E "loop[0-9]+:" | sed "s,^\[[^]]*\] ,,"

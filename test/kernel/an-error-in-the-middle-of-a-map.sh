exec 2>&1
modprobe brd rd_nr=4 rd_size=8192
# an error target in the middle of a linear map
dmsetup create m --table '0 64 linear /dev/ram0 0
64 8 error
72 100 linear /dev/ram0 72
172 3 error
175 825 linear /dev/ram0 175'
for i in $(seq 0 124); do printf '%4095s\n' "page $i"; done | dd of=/dev/ram0 bs=4k conv=notrunc status=none 2>/dev/null; sync
dmsetup status m; blockdev --getsz --getsize64 --getbsz --getpbsz /dev/mapper/m
dd if=/dev/mapper/m of=/tmp/o bs=4k status=none; echo "rc $?"; stat -c %s /tmp/o
dd if=/dev/mapper/m of=/tmp/o bs=64k iflag=direct status=none; echo "rc $?"; stat -c %s /tmp/o
dd if=/dev/mapper/m of=/tmp/o bs=4k iflag=direct conv=noerror,sync status=none; echo "rc $?"; stat -c %s /tmp/o; tr -s '\0 ' '\n' < /tmp/o | grep -c page
dd if=/dev/mapper/m of=/tmp/o bs=512 iflag=direct conv=noerror status=none; echo "rc $?"; stat -c %s /tmp/o
dd if=/dev/mapper/m of=/dev/null bs=512 skip=63 count=1 status=none; echo "rc $?"
dd if=/dev/mapper/m of=/dev/null bs=512 skip=64 count=1 iflag=direct status=none; echo "rc $?"
dd if=/dev/mapper/m of=/dev/null bs=512 skip=171 count=1 status=none; echo "rc $?"
dd if=/dev/mapper/m of=/dev/null bs=512 skip=171 count=1 iflag=direct status=none; echo "rc $?"
dd if=/dev/mapper/m of=/dev/null bs=1k skip=499 count=1 status=none; echo "rc $?"
dd if=/dev/zero of=/dev/mapper/m bs=32k count=2 status=none conv=notrunc; echo "rc $?"
dd if=/dev/zero of=/dev/mapper/m bs=32k count=2 status=none oflag=direct; echo "rc $?"
dd if=/dev/zero of=/dev/mapper/m bs=4k count=1 seek=8 status=none; echo "rc $?"
dd if=/dev/zero of=/dev/mapper/m bs=4k count=1 seek=8 conv=fsync status=none; echo "rc $?"
dd if=/dev/zero of=/dev/mapper/m bs=512 count=1 seek=64 oflag=sync status=none; echo "rc $?"
dd if=/dev/zero of=/dev/mapper/m bs=512 count=1 seek=999 status=none; echo "rc $?"; dd if=/dev/zero of=/dev/mapper/m bs=512 count=1 seek=1000 status=none; echo "rc $?"
dd if=/dev/mapper/m bs=512 skip=1000 count=1 status=none; echo "rc $?"; dd if=/dev/mapper/m bs=512 skip=1001 count=1 status=none; echo "rc $?"
sync; blockdev --flushbufs /dev/mapper/m; echo "rc $?"
dmesg | sed 's/^\[[^]]*\] //' | grep -i 'i/o error\|lost' | sort | uniq -c | sort -rn | head -20

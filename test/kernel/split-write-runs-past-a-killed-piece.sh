# A write over three targets fails when the middle one fails it, but the pieces before and after are written.
modprobe brd rd_nr=2 rd_size=4096
printf '0 8 linear 1:0 0\n8 8 error\n16 8 linear 1:1 0\n' | dmsetup create d
printf 'dmsim\n%.0s' {1..2048} > /tmp/in
dd if=/tmp/in of=/dev/mapper/d bs=12288 count=1 oflag=direct status=none; echo "rc=$?"
for r in ram0 ram1; do dd if=/dev/$r bs=4096 count=1 iflag=direct status=none | head -c 12; done
dd if=/dev/mapper/d of=/tmp/out bs=4096 count=3 iflag=direct conv=noerror,sync status=none 2>/dev/null; echo "rc=$?"
cmp -n 4096 /tmp/in /tmp/out && echo "first piece same"
cmp -i 8192 -n 4096 /tmp/in /tmp/out && echo "last piece same"
od -An -tx1 -j4096 -N4096 /tmp/out

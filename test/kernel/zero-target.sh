# zero reads zeros and swallows writes.
dmsetup create z --table "0 64 zero"
printf 'x%.0s' {1..4096} > /tmp/x
dd if=/tmp/x of=/dev/mapper/z bs=4096 count=1 oflag=direct status=none; echo "rc=$?"
dd if=/dev/mapper/z bs=4096 count=8 iflag=direct status=none | od -An -c
dd if=/dev/mapper/z bs=4096 iflag=direct 2>&1 >/dev/null | head -2
dd if=/tmp/x of=/dev/mapper/z bs=4096 count=1 conv=fsync status=none; echo "rc=$?"
dd if=/dev/mapper/z bs=4096 count=1 status=none | cmp - /tmp/x | head -1
sync /dev/mapper/z; echo "rc=$?"

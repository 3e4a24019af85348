# A table may grow or shrink at each resume; reads see the new size at once.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create d --table "0 1000 linear 1:0 0"
for n in 2000 8 8192; do
  dmsetup load d --table "0 $n linear 1:0 0"; echo "$(blockdev --getsz /dev/mapper/d)"
  dmsetup resume d; echo "$(blockdev --getsz /dev/mapper/d) $(blockdev --getsize64 /dev/mapper/d)"
  dd if=/dev/mapper/d of=/dev/null bs=512 iflag=direct 2>&1 | head -2
done
dd if=/dev/zero of=/dev/mapper/d bs=4096 seek=1023 count=2 oflag=direct status=none; echo "rc=$?"
dd if=/dev/zero of=/dev/mapper/d bs=4096 seek=2000 count=1 oflag=direct status=none; echo "rc=$?"

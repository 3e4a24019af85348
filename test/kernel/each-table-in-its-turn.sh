exec 2>&1
modprobe brd rd_nr=4 rd_size=8192
# tables reloaded under writers: linear, swapped between disks, what was written stays
dmsetup create m --table '0 8192 linear /dev/ram0 0'
(for i in $(seq 0 15); do printf '%4096s' "block $i" | dd of=/dev/mapper/m bs=4k seek=$i oflag=direct conv=notrunc status=none || echo "write $i failed"; done; echo done > /tmp/w1) > /tmp/e1 2>&1 &
for i in 1 2 3 4 5 6; do
  dmsetup load m --table '0 8192 linear /dev/ram0 0'; dmsetup suspend m; dmsetup resume m
done
wait; cat /tmp/e1 /tmp/w1
dd if=/dev/mapper/m bs=4k count=16 iflag=direct status=none | tr -s ' ' '\n'; echo
dd if=/dev/ram0 of=/dev/ram1 bs=64k count=64 status=none; sync
dmsetup load m --table '0 4096 linear /dev/ram1 0
4096 4096 linear /dev/ram0 4096'
dmsetup info -c --noheadings -o name,tables_loaded,suspended,segments,events m
dmsetup table m; dmsetup table --inactive m
dmsetup resume m; dmsetup table m
dd if=/dev/mapper/m bs=4k count=16 iflag=direct status=none | md5sum
dd if=/dev/ram0 bs=4k count=16 status=none | md5sum
printf 'XXXX' | dd of=/dev/mapper/m bs=4 seek=1 conv=notrunc status=none; echo "rc $?"
dmsetup suspend m; dd if=/dev/ram1 bs=1 count=8 status=none | od -c; dd if=/dev/ram0 bs=1 count=8 status=none | od -c
dmsetup load m --table '0 8192 error'; dmsetup resume m
dd if=/dev/mapper/m of=/dev/null bs=4k count=1 status=none; echo "rc $?"
dmsetup load m --table '0 8192 zero'; dmsetup suspend m; dmsetup resume m
dd if=/dev/mapper/m bs=4k count=2 status=none | od -c
dmsetup info m | grep -v 'Major\|Read Ahead'
dmsetup remove m; echo "rc $?"

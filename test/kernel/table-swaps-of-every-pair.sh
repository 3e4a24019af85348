# Each table is replaced by each other while the map is open and has a page in its cache: reload, resume, what a read gives, the flags, what cannot be.
modprobe brd rd_nr=1 rd_size=8192
modprobe scsi_debug dev_size_mb=8 add_host=1 delay=0
tr '\0' r < /dev/zero | dd of=/dev/ram0 bs=64k count=4 iflag=fullblock status=none oflag=direct
tr '\0' s < /dev/zero | dd of=/dev/sda bs=64k count=4 iflag=fullblock status=none oflag=direct
t1="0 512 linear /dev/ram0 0"; t2="0 512 linear /dev/sda 0"; t3="0 512 zero"; t4="0 512 error"; t5="0 256 linear /dev/ram0 0
256 256 zero"; t6="0 512 multipath 0 0 1 1 round-robin 0 1 1 /dev/sda 1"; t7="0 512 multipath 2 queue_mode bio 0 1 1 round-robin 0 1 1 /dev/sda 1"; t8="0 1024 zero"; t9="0 512 striped 2 128 /dev/sda 0 /dev/ram0 0"; t10="0 256 zero"
r() { dd if=/dev/mapper/d bs=512 count=1 skip=$1 $2 status=none 2>&1 | tr '\0' '0' | cut -c1-40 | tr '\n' ' '; }
for a in 1 3 4 6 7 9; do for b in 1 2 3 4 5 6 7 8 9 10; do [ $a = $b ] && continue
  eval "dmsetup create d --table \"\$t$a\""; exec 5</dev/mapper/d; r 0 >/dev/null; r 300 > /dev/null
  printf "$a-$b: "; eval "dmsetup load d --table \"\$t$b\" 2>&1 | head -n 1 | cut -d: -f3- | tr '\n' ' '"; dmsetup resume d 2>&1 | head -n 1 | cut -d: -f3- | tr '\n' ' '
  blockdev --getsz /dev/mapper/d | tr '\n' ' '; r 0 iflag=direct; r 300; dmsetup info -c --noheadings -o attr,tables_loaded,segments d
  exec 5<&-; dmsetup remove d
done; done
dmesg | sed 's/^\[[^]]*\] //' | grep device-mapper: | grep -v 'ioctl: 4\|uevent\|core:\|round-robin: v' | sort | uniq -c

# While flakey is down: what reads and writes do with each feature.
modprobe brd rd_nr=1 rd_size=4096
printf 'a%.0s' {1..4096} > /tmp/a; printf 'b%.0s' {1..4096} > /tmp/b
t() { dd if=/tmp/a of=/dev/ram0 bs=4096 count=1 oflag=direct status=none
  dmsetup create f --table "0 64 flakey 1:0 0 0 1000 $1"; echo "> $1"
  dd if=/dev/mapper/f of=/tmp/o bs=4096 count=1 iflag=direct status=none 2>/dev/null; echo "read rc=$?"; od -An -c -N8 /tmp/o; : > /tmp/o
  dd if=/tmp/b of=/dev/mapper/f bs=4096 count=1 oflag=direct status=none 2>/dev/null; echo "write rc=$?"
  dmsetup remove f; dd if=/dev/ram0 bs=4096 count=1 iflag=direct status=none | od -An -c -N8; }
t ""; t "1 error_reads"; t "1 error_writes"; t "1 drop_writes"; t "2 drop_writes error_reads"
t "5 corrupt_bio_byte 3 r 120 0"; t "5 corrupt_bio_byte 3 w 121 0"; t "6 corrupt_bio_byte 4 r 122 0 drop_writes"; t "5 corrupt_bio_byte 5000 r 120 0"

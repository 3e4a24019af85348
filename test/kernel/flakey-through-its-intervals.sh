# flakey in every form under a map: up and down intervals, drop_writes, error_writes, error_reads, corrupt_bio_byte, random_read_corrupt; tables and status.
modprobe brd rd_nr=1 rd_size=8192
dd if=/dev/zero bs=4k count=64 status=none | tr '\0' a | dd of=/dev/ram0 bs=4k oflag=direct iflag=fullblock status=none
r() { dd if=/dev/mapper/f bs=4k count=1 skip=${1:-0} iflag=direct status=none | od -An -c -w4096 | cut -c1-24; }
w() { tr '\0' b < /dev/zero | dd of=/dev/mapper/f bs=4k count=1 seek=${1:-0} iflag=fullblock oflag=direct status=none; echo "write $?"; }
try() { echo "-- $*"; dmsetup create f --table "0 8192 flakey /dev/ram0 0 $*" || { dmesg | tail -n 2 | sed 's/^\[[^]]*\] //'; return; }; dmsetup table f; dmsetup status f; r; w 1; r 1; dmsetup remove f; }
try 60 0; try 0 60; try 0 60 1 drop_writes; try 0 60 1 error_writes; try 0 60 1 error_reads
try 0 60 2 error_reads error_writes; try 0 60 2 drop_writes error_reads; try 0 60 2 error_reads drop_writes; try 0 60 2 drop_writes error_writes
try 0 60 5 corrupt_bio_byte 1 r 88 0; try 0 60 5 corrupt_bio_byte 32 r 65 0; try 0 60 5 corrupt_bio_byte 2 w 90 0; try 0 60 5 corrupt_bio_byte 0 w 90 0; try 0 60 5 corrupt_bio_byte 4097 r 90 0
try 0 60 6 corrupt_bio_byte 1 r 88 0 drop_writes; try 0 60 6 corrupt_bio_byte 1 w 88 0 drop_writes; try 0 60 6 drop_writes corrupt_bio_byte 1 r 88 0
try 0 60 5 corrupt_bio_byte 1 x 88 0; try 0 60 5 corrupt_bio_byte 1 r 256 0; try 0 60 4 corrupt_bio_byte 1 r 88; try 0 60 1 nosuch; try 0 0; try 60; try x 1; try 1 x; try 0 60 0
try 0 60 2 drop_writes drop_writes; try 0 60 1 drop_writes more; try 0 60 2 drop_writes
echo '-- through time'; dmsetup create f --table "0 8192 flakey /dev/ram0 0 4 4 1 error_writes"
sleep 1; w; sleep 4; w; r; sleep 4; w; dmsetup suspend f; sleep 3; dmsetup resume f; w; dmsetup remove f

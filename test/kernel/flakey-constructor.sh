# The features of flakey, how the table shows them, and wrong arguments.
modprobe brd rd_nr=1 rd_size=4096
t() { dmsetup create t --table "0 64 flakey $1" 2>/dev/null; echo "rc=$? $1"; dmsetup table t 2>/dev/null; dmsetup remove t 2>/dev/null; }
t "1:0 0 1"; t "1:0 x 1 1"; t "1:0 0 x 1"; t "1:0 0 1 x"; t "1:0 0 0 0"; t "9:9 0 1 1"; t "1:0 0 1 1 x"; t "1:0 0 1 1 12"; t "1:0 0 1 1 2 drop_writes"
t "1:0 0 1 1"; t "1:0 0 1 1 0"; t "1:0 0 1 1 1 error_reads"; t "1:0 0 1 1 1 error_writes"; t "1:0 0 1 1 1 drop_writes"; t "1:0 0 1 1 2 drop_writes error_reads"
t "1:0 0 1 1 2 error_reads error_reads"; t "1:0 0 1 1 2 error_writes drop_writes"; t "1:0 0 1 1 2 drop_writes error_writes"
t "1:0 0 1 1 5 corrupt_bio_byte 32 r 1 0"; t "1:0 0 1 1 5 corrupt_bio_byte 224 W 255 32"; t "1:0 0 1 1 6 corrupt_bio_byte 1 r 1 0 drop_writes"
t "1:0 0 1 1 6 corrupt_bio_byte 1 w 1 0 drop_writes"; t "1:0 0 1 1 5 corrupt_bio_byte 0 r 1 0"; t "1:0 0 1 1 5 corrupt_bio_byte 1 x 1 0"; t "1:0 0 1 1 5 corrupt_bio_byte 1 r 256 0"; t "1:0 0 1 1 5 corrupt_bio_byte 1 r 1 x"; t "1:0 0 1 1 2 corrupt_bio_byte 1"
t "1:0 0 1 1 2 random_read_corrupt 500"; t "1:0 0 1 1 2 random_write_corrupt 1000000001"; t "1:0 0 1 1 1 random_read_corrupt"; t "1:0 0 1 1 1 nosuch"; t "1:0 0 1 1 1 DROP_WRITES"; t "1:0 0 1 1 0 ignored words"
dmesg | grep -o 'device-mapper: table:.*'

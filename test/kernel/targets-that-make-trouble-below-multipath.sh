# Targets that make trouble, each below a multipath map: which error comes up, and what is logged.
modprobe brd rd_nr=1 rd_size=16384
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=16 delay=0
t() { dmesg -c > /dev/null; echo "--- $1"; }
io() { for o in 0 8 64; do dd if=/dev/mapper/m of=/dev/null bs=4k skip=$o count=1 iflag=direct 2>&1 | head -1 | sed "s/^/r$o /"; dd if=/dev/zero of=/dev/mapper/m bs=4k seek=$o count=1 oflag=direct 2>&1 | head -1 | sed "s/^/w$o /"; done; }
try() { dmsetup create low --table "$1" || return 0; dmsetup create m --table "0 8192 multipath 2 queue_mode bio 0 1 1 queue-length 0 1 1 /dev/mapper/low 4"; echo "create $?"; io; dmsetup status low; dmsetup status m; dmesg | sed 's/^\[[^]]*\] //'; dmsetup remove m; dmsetup remove low; }
t "flakey up"; try "0 8192 flakey 1:0 0 100 0"
t "flakey drop_writes"; try "0 8192 flakey 1:0 0 0 100 1 drop_writes"
t "flakey error_writes"; try "0 8192 flakey 1:0 0 0 100 1 error_writes"
t "flakey error_reads"; try "0 8192 flakey 1:0 0 0 100 1 error_reads"
t "flakey both"; try "0 8192 flakey 1:0 0 0 100 2 error_reads error_writes"
t "flakey drop+error"; try "0 8192 flakey 1:0 0 0 100 2 drop_writes error_writes"
t "flakey corrupt"; try "0 8192 flakey 1:0 0 0 100 5 corrupt_bio_byte 32 r 65 0"
t "flakey random"; try "0 8192 flakey 1:0 0 0 100 2 random_read_corrupt 0"
t "error"; try "0 8192 error"
t "half"; try "0 64 linear 8:0 0
64 8128 error"

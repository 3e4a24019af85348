# Which lines of device-mapper the log has after boot, and after the first tables.
modprobe brd rd_nr=1 rd_size=4096
dmesg | grep -oE '(device-mapper|loop|alua): .*'
dmesg -c > /dev/null
for s in round-robin queue-length service-time nonesuch; do dmsetup create m --table "0 8192 multipath 2 queue_mode bio 0 1 1 $s 0 1 1 1:0 1"; echo "$s $?"; dmsetup remove m 2>/dev/null; done
for t in linear striped error zero delay flakey; do case $t in linear) a="1:0 0";; striped) a="1 64 1:0 0";; delay) a="1:0 0 0";; flakey) a="1:0 0 1 0";; *) a=;; esac; dmsetup create m --table "0 1024 $t $a"; dmsetup remove m; done
dmesg | sed 's/^\[[^]]*\] //'
for m in dm_mod dm_multipath dm_round_robin brd; do ls -d /sys/module/$m; done; ls /sys/module/brd/parameters /sys/module/dm_mod/parameters /sys/module/dm_round_robin/ 2>&1 | grep -vE 'sections|notes'

# Queued I/O, a noflush suspend, a swap to a table of another shape, and what every writer got.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=16 per_host_store=0 vpd_use_hostno=0 delay=0
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1
modprobe brd rd_nr=1 rd_size=16384
Q="0 32768 multipath 3 queue_if_no_path queue_mode bio 0 2 1 service-time 0 1 2 8:0 1000 1 service-time 0 1 2 8:16 1000 1"
dmsetup create m --table "$Q"; echo $?
Q="0 32768 multipath 3 queue_if_no_path queue_mode bio 0 2 1 service-time 0 1 2 8:0 1000 1 1 service-time 0 1 2 8:16 1000 1"
dmsetup create m --table "$Q"; echo $?
Q="0 32768 multipath 3 queue_if_no_path queue_mode bio 0 2 1 service-time 0 1 2 8:0 32 1 service-time 0 1 2 8:16 32 1"
dmsetup create m --table "$Q"; echo $?
dmsetup status m; dmsetup table m
for p in 8:0 8:16; do dmsetup message m 0 "fail_path $p"; done; dmsetup status m
for w in a b c; do
  ( head -c 8192 /dev/zero | tr "\\0" $w | dd of=/dev/mapper/m bs=8k count=1 seek=$(printf '%d' "'$w") oflag=direct iflag=fullblock 2>&1 | sed '3s/,.*//'; echo "$w: ${PIPESTATUS[1]}" ) > /tmp/$w.out 2>&1 &
done
sleep 1; jobs | wc -l; cat /sys/block/dm-0/inflight | xargs; wc -c < /tmp/a.out
dmsetup info m | sed -n '2,8p'; dmsetup suspend --noflush m; echo "suspend $?"; dmsetup info m | grep -E 'State|Open|Event'
dmsetup load m <<T
0 16384 linear 1:0 0
16384 16384 error
T
dmsetup info -c -o name,attr,tables_loaded,suspended,open m; dmsetup table m; dmsetup table --inactive m; dmsetup status --inactive m
dmsetup resume m; echo "resume $?"; wait; cat /tmp/a.out /tmp/b.out /tmp/c.out
cmp /dev/ram0 /dev/mapper/m | sed 's/,.*//'; dd if=/dev/ram0 bs=8k skip=97 count=1 status=none | od -c | head -2
dd if=/dev/mapper/m of=/dev/null bs=64k skip=127 count=2 2>&1 | grep -v copied; dmsetup remove m; dmesg | sed 's/^\[[^]]*\] //' | tail -n 8

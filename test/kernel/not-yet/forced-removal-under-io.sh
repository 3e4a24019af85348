# remove --force while a read waits, in both queue modes, of a live and of a suspended map.
modprobe scsi_debug dev_size_mb=8 delay=0
for mode in rq bio; do for state in live suspended; do
dmsetup create m --table "0 16384 multipath 3 queue_if_no_path queue_mode $mode 0 1 1 round-robin 0 1 1 8:0 1"; dmsetup message m 0 fail_path 8:0
[ $state = suspended ] && dmsetup suspend m
( dd if=/dev/mapper/m of=/dev/null bs=4k count=1 iflag=direct status=none 2>/dev/null; echo "reader $?" ) > r.out & sleep 0.7
dmsetup remove -f m; echo "$mode $state: removed $?"; wait; cat r.out
dmsetup ls; [ -e /dev/mapper/m ] && dmsetup remove m
done; done

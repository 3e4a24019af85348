# remove --force of maps on which I/O waits, in both queue modes.
cd /tmp
modprobe scsi_debug dev_size_mb=8 delay=0
for mode in rq bio; do
dmsetup create m --table "0 16384 multipath 3 queue_if_no_path queue_mode $mode 0 1 1 round-robin 0 1 1 8:0 1"; dmsetup message m 0 fail_path 8:0
( dd if=/dev/zero of=/dev/mapper/m bs=4k count=1 oflag=direct status=none 2>/dev/null; echo "writer $?" ) > w.out & sleep 0.7
dmsetup suspend m; sleep 0.5; echo "$mode suspended: $(cat w.out)"; wait
( dd if=/dev/mapper/m of=/dev/null bs=4k count=1 iflag=direct status=none 2>/dev/null; echo "reader $?" ) > r.out & sleep 0.7
echo "[$(cat r.out)]"; dmsetup wipe_table m; echo "wiped $?"; sleep 0.5; cat r.out; wait; dmsetup table m; dmsetup remove m; echo "removed $?"
done

# Zeroes by the disk's own command that fail: the flags that the log tells, for one bio and for a chain of them, through maps of both kinds; discards that a path does not take any more.
modprobe scsi_debug vpd_use_hostno=0 dev_size_mb=16 delay=0 lbpu=1 lbpws=1 write_same_length=64
cat /sys/block/sda/queue/write_zeroes_max_bytes
dmsetup create lin --table "0 8192 linear 8:0 0"
dmsetup create rq --table "0 8192 multipath 0 0 1 1 round-robin 0 1 1 8:0 1"
dmsetup create bio --table "0 8192 multipath 2 queue_mode bio 0 1 1 round-robin 0 1 1 8:0 1"
z() { blkdiscard -f -z -o "$2" -l "$3" /dev/mapper/$1; echo "$1 $2 $3 rc=$?"; }
log() { dmesg | sed 's/^\[[^]]*\] //' | grep -E 'I/O error' | sed 's/ phys_seg.*//' | tail -n +$((seen + 1)) | sort; seen=$(dmesg | grep -c 'I/O error'); }
seen=0
z lin 0 4096; z rq 0 4096; log
echo offline > /sys/block/sda/device/state
for m in lin rq bio; do z $m 0 4096; z $m 4096 131072; log; done
dmsetup status
echo running > /sys/block/sda/device/state
for m in rq bio; do dmsetup message $m 0 reinstate_path 8:0; done
echo 0 > /sys/block/sda/queue/discard_max_bytes
cat /sys/block/dm-[012]/queue/discard_max_bytes
for m in lin rq bio; do blkdiscard -f -o 0 -l 4096 /dev/mapper/$m; echo "$m rc=$?"; log; done
cat /sys/block/dm-[012]/queue/discard_max_bytes
dmsetup status
dmesg | grep -E 'over max|Failing' | sed 's/^\[[^]]*\] //'

# queue/iostats: a disk that is told not to keep statistics counts nothing until it is told to count again.
modprobe scsi_debug add_host=2 vpd_use_hostno=0 per_host_store=0 dev_size_mb=16 delay=0; sleep 1
modprobe null_blk nr_devices=1 gb=1; modprobe brd rd_nr=1
dmsetup create lin --table "0 16384 linear /dev/sda 0"
dmsetup create mpb --table "0 16384 multipath 2 queue_mode bio 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
dmsetup create mpq --table "0 16384 multipath 0 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
st() { local e; for e in $1 sda sdb; do awk -v d=$e '{print d": r="$1" rs="$3" w="$5" ws="$7" if="$9" d="$12" f="$16}' /sys/block/$e/stat; done; }
io() { dd if=$1 of=/dev/null bs=4k count=3 iflag=direct status=none; dd if=/dev/zero of=$1 bs=4k count=2 oflag=direct conv=fsync status=none; }
for d in dm-0 dm-1 dm-2 nullb0 ram0 sda; do
  q=/sys/block/$d/queue; n=/dev/$d
  case $d in dm-0) n=/dev/mapper/lin ;; dm-1) n=/dev/mapper/mpb ;; dm-2) n=/dev/mapper/mpq ;; esac
  echo "== $d iostats $(cat $q/iostats)"
  st $d > /tmp/a; io $n; st $d
  echo 0 > $q/iostats; cat $q/iostats; io $n; st $d
  echo 1 > $q/iostats; cat $q/iostats; io $n; st $d
  echo 0 > $q/iostats
done
echo "== in flight"
echo 1 > /sys/block/dm-0/queue/iostats
dmsetup suspend lin
dd if=/dev/mapper/lin of=/dev/null bs=4k count=1 iflag=direct status=none &
sleep 0.2
cat /sys/block/dm-0/inflight
echo 0 > /sys/block/dm-0/queue/iostats
cat /sys/block/dm-0/inflight
dmsetup resume lin
wait
cat /sys/block/dm-0/inflight
st dm-0
dmsetup suspend lin
dd if=/dev/mapper/lin of=/dev/null bs=4k count=1 iflag=direct status=none &
sleep 0.2
cat /sys/block/dm-0/inflight
echo 1 > /sys/block/dm-0/queue/iostats
dmsetup resume lin
wait
cat /sys/block/dm-0/inflight
st dm-0

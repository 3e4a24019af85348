# Both paths are lost under a write; the disk comes back under another name; the table is swapped.
#: Two paths to one disk, and a map over both.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
map="multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin"
dmsetup create mpatha --table "0 16384 $map 0 2 1 8:0 1 8:16 1"
write() { dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 seek=$1 count=1 oflag=direct status=none 2>/dev/null && echo "write $1 completed" || echo "write $1 FAILED"; }
#: Both paths are lost, and a write waits in the target.
echo "-- sda is lost, sdb is unplugged"
echo offline > /sys/block/sda/device/state
echo 1 > /sys/block/sdb/device/delete
write 1 &
sleep 1
dmsetup status mpatha
#: The disk comes back under another name, which the table of the map does not know.
echo "-- the disk is found again"
echo "- - -" > /sys/class/scsi_host/host1/scan
sleep 1
for d in /sys/block/sd*; do echo "${d##*/} $(cat $d/dev) $(cat $d/device/state)"; done
#: The suspend waits until no I/O is under way. With --noflush the target gives back what it can't send, and the map keeps it.
echo "-- the table is swapped"
dmsetup suspend --noflush mpatha
#: The new table names the disk that came back. It waits in the inactive slot: loading is not swapping.
dmsetup load mpatha --table "0 16384 $map 0 1 1 8:32 1"
#: The resume makes the new table live, and sends what was kept through it.
dmsetup resume mpatha
wait
dmsetup status mpatha

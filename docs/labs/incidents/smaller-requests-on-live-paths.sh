# max_sectors_kb of a path is lowered under a live map: requests that were cut for the map are too large for the path.
# The story: multipath wrote max_sectors_kb to the paths of maps in use, to keep them equal. A map cuts its I/O to the limits that it took
# over when its table was loaded; a request larger than its path allows is refused ("over max size limit"), the map takes that
# for an error of the path, tries the next one, and all paths fail.
# Source: multipath-tools 3a419565 (2024): max_sectors_kb is only set when a map is created
# Look at: what becomes of a write of 256 KiB, and of the paths, before and after the table was loaded anew.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
S=$(blockdev --getsz /dev/sda)
limit() { echo $1 > /sys/block/sda/queue/max_sectors_kb; echo $1 > /sys/block/sdb/queue/max_sectors_kb; }
table() { echo "0 $S multipath 2 queue_mode $1 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"; }
limits() { echo "$1: max_sectors_kb: map $(cat /sys/block/dm-0/queue/max_sectors_kb), paths $(cat /sys/block/sda/queue/max_sectors_kb) $(cat /sys/block/sdb/queue/max_sectors_kb)"; }
write() { dd if=/dev/zero of=/dev/mapper/mpatha bs=256K count=1 oflag=direct status=none 2>/dev/null && echo "a write of 256 KiB completed" || echo "a write of 256 KiB FAILED"; }
paths() { dmsetup status mpatha | grep -oE "8:[0-9]+ [AF]" | tr '\n' ' '; echo; }
for mode in rq bio; do
  echo "== queue_mode $mode"
  limit 512
  dmsetup create mpatha --table "$(table $mode)"
  limits "created"; write
  #: The paths' limit falls under the map that is in use.
  limit 64
  limits "lowered on the paths"; write; paths
  dmesg | grep -c "over max size limit"
  #: The one safe way: suspend, so that nothing is under way, load the table again, resume.
  dmsetup suspend mpatha; dmsetup load mpatha --table "$(table $mode)"; dmsetup resume mpatha
  limits "loaded again"; write; paths
  dmsetup remove mpatha
done

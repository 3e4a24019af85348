# The same table swap twice, while a write waits for a path: a noflush suspend keeps it for the new table, a flush
# suspend fails it. Linux prints the same.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
S=$(blockdev --getsz /dev/sda)
table() { echo "0 $S multipath 1 queue_if_no_path 0 1 1 round-robin 0 1 1 $1 1"; }

swap() {
  echo "-- suspend $*"
  #: A map with one path, which is told to fail: a write has to wait in the target.
  dmsetup create mp --table "$(table 8:0)"
  dmsetup message mp 0 fail_path 8:0
  ( dd if=/dev/zero of=/dev/mapper/mp bs=4096 count=1 oflag=direct status=none 2>/dev/null && echo "the write completed" || echo "the write FAILED" ) &
  sleep 1
  #: The suspend, first with noflush, then without. Watch the write that waits.
  dmsetup suspend "$@" mp
  sleep 1
  #: The new table has a path that works.
  dmsetup load mp --table "$(table 8:16)"
  dmsetup resume mp
  wait
  dmsetup status mp
  dmsetup remove mp
}

swap --noflush
swap

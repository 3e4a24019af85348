# Which path selector is done first when paths differ? Eight readers read 200 blocks each, over a path that takes 0.2 ms,
# one that takes 0.4 ms and one that takes 2 ms. The arguments are more selectors to compare: those of --selector.
modprobe scsi_debug add_host=3 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
S=$(blockdev --getsz /dev/sda)
simctl latency sda lognormal 200us 0.3
simctl latency sdb lognormal 400us 0.3
simctl latency sdc lognormal 2ms 0.3

# How many reads each path served so far.
reads() { awk '{ printf "%s ", $1 }' /sys/block/sda/stat /sys/block/sdb/stat /sys/block/sdc/stat; }

try() {
  dmsetup create mp --table "0 $S multipath 0 0 1 1 $1 0 3 0 8:0 8:16 8:32"
  before=$(reads) start=$(simctl time)
  for reader in 1 2 3 4 5 6 7 8; do
    dd if=/dev/mapper/mp of=/dev/null bs=4096 skip=$((reader * 200)) count=200 iflag=direct status=none &
  done
  wait
  echo "$1 $start $(simctl time) $before $(reads)" |
    awk '{ printf "%-24s %4.0f ms   %5d %5d %5d\n", $1, ($3 - $2) * 1000, $7 - $4, $8 - $5, $9 - $6 }'
  dmsetup remove mp
}

echo "selector                    time     sda   sdb   sdc"
for selector in round-robin queue-length service-time historical-service-time "$@"; do
  try $selector
done

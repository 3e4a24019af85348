# One path goes offline and comes back every 2 s, and is reinstated as multipathd would. A writer and a reader
# go on all the time: nothing may fail, and what was written is read back.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
S=$(blockdev --getsz /dev/sda)
simctl latency sda exponential 5ms
simctl latency sdb exponential 5ms
dmsetup create mp --table "0 $S multipath 1 queue_if_no_path 0 1 1 queue-length 0 2 1 8:0 1 8:16 1"

#: Ahead of time: what will happen to sda, and when.
# What happens to the path, and when, before it does.
for t in 1 3 5 7; do
  simctl at ${t}s bash -c "echo offline > /sys/block/sda/device/state"
  simctl at $((t + 1))s bash -c "echo running > /sys/block/sda/device/state; dmsetup message mp 0 reinstate_path 8:0"
done

#: Writes and reads go on; when sda is lost, what it was given is tried again on sdb.
failed=0
for round in 1 2 3 4 5 6 7 8 9; do
  seq $round 20000 | head -c 65536 > /tmp/data
  for block in 0 1 2 3 4 5 6 7; do
    dd if=/tmp/data of=/dev/mapper/mp bs=8192 skip=$block seek=$block count=1 conv=notrunc oflag=direct status=none || failed=$((failed + 1))
  done
  dd if=/dev/mapper/mp bs=8192 count=8 iflag=direct status=none | cmp - /tmp/data || failed=$((failed + 1))
  sleep 0.9
done
wait
echo "failed: $failed"
dmesg | grep -oE '(Failing|Reinstating) path 8:[0-9]+' | sort | uniq -c | awk '{ print $2, $3, $4 ": " $1 " times" }'
dmsetup status mp

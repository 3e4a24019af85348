# One path is lost every four seconds, for two; it is reinstated as multipathd would.
for t in 2 6 10 14; do
  simctl at ${t}s bash -c "echo offline > /sys/block/sda/device/state"
  simctl at $((t + 2))s bash -c "echo running > /sys/block/sda/device/state; dmsetup message mp 0 reinstate_path 8:0"
done

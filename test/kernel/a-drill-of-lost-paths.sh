#!/bin/bash
# A drill that somebody keeps: two paths, lose each in turn, check after every step, clean up by a trap.
set -eu
LOG=/tmp/drill.log; : > "$LOG"
MAP=drill
say() { printf '%-28s | %s\n' "$1" "$2" | tee -a "$LOG"; }
cleanup() {
  rc=$?
  trap - EXIT
  [ -e /dev/mapper/$MAP ] && dmsetup remove --retry $MAP
  echo "cleanup after $rc"; exit $rc
}
trap cleanup EXIT
trap 'echo "line $LINENO: $BASH_COMMAND failed" >&2' ERR
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1
size=$(blockdev --getsz /dev/sda)
cat <<TABLE | dmsetup create $MAP
0 $size multipath 1 queue_if_no_path 0 1 1 round-robin 0 2 1 /dev/sda 100 /dev/sdb 100
TABLE
state() { dmsetup status --target multipath $MAP | awk '{ for (i = 1; i <= NF; i++) if ($i ~ /^[0-9]+:[0-9]+$/) printf "%s=%s/%s ", $i, $(i+1), $(i+2); print "" }'; }
letters() { dmsetup status $MAP | grep -o '[0-9]*:[0-9]* [AF]' | paste -sd,; }
say "at first" "$(state)"
for d in sda sdb; do
  echo offline > /sys/block/$d/device/state
  for i in 1 2 3; do dd if=/dev/zero of=/dev/mapper/$MAP bs=4k count=1 seek=$i oflag=direct status=none; done
  say "$d lost" "$(letters)"
  echo running > /sys/block/$d/device/state
  dmsetup message $MAP 0 reinstate_path "$(cat /sys/block/$d/dev)"
  say "$d back" "$(state)"
done
dmsetup table $MAP | tee -a "$LOG"
if dd if=/dev/mapper/$MAP bs=1M count=100 of=/dev/null iflag=direct 2> /tmp/err; then sed -n '1,2p' /tmp/err; fi
grep -c lost "$LOG"; wc -l < "$LOG"
dmesg | sed -n 's/^\[[^]]*\] //; /device-mapper: multipath/p'
dmsetup message $MAP 0 no_such_message
echo "not reached"

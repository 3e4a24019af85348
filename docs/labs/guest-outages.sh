# All paths to an array are lost for 5, 30 and 120 s under a guest that writes and syncs a file once a second.
# What it sees depends on who hides the outage: nobody (the map fails I/O), QEMU (werror=stop, werror=retry), or the map
# (queue_if_no_path). qemu-system-x86_64 with werror=retry, qmp and guest are the simulator's own.
export DMSIM_QEMU_BUILD=series
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=64 per_host_store=0 vpd_use_hostno=0 delay=0
S=$(blockdev --getsz /dev/sda)

# One line a second would be long: it keeps the worst.
workload='
worst=0 failed=0
while [ $SECONDS -lt 170 ]; do
  from=$(date +%s%3N)
  { echo $from > /mnt/file && sync /mnt/file; } 2>/dev/null || failed=$((failed + 1))
  took=$(($(date +%s%3N) - from))
  [ $took -gt $worst ] && worst=$took
  sleep 1
done
mode=$(grep " /mnt " /proc/mounts | cut -d" " -f4 | cut -d, -f1)
errors=$(dmesg | grep -c "I/O error, dev")
hung=$(dmesg | grep -c "blocked for more than")
echo "$mode $failed $((worst / 1000)).$((worst % 1000 / 100)) $errors $hung"'

down() { for d in sda sdb; do echo offline > /sys/block/$d/device/state; done; }
up() {
  for d in sda sdb; do echo running > /sys/block/$d/device/state; done
  for dev in 8:0 8:16; do dmsetup message mpatha 0 reinstate_path $dev; done
}

# outage QEMU's policy, what the map does: fail, queue, queue20 (told to fail after 20 s)
run() {
  features=0
  [ $3 = fail ] || features="1 queue_if_no_path"
  dmsetup create mpatha --table "0 $S multipath $features 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
  qemu-system-x86_64 -name vm1 -daemonize -nodefaults -display none -m 256 \
    -blockdev driver=host_device,filename=/dev/mapper/mpatha,node-name=disk \
    -device virtio-blk-pci,drive=disk,werror=$2,rerror=$2,retry_timeout=60000 -qmp unix:/run/qmp,server=on,wait=off
  guest vm1 'mkfs.ext4 -q /dev/vda && mount -o errors=remount-ro /dev/vda /mnt && echo 0 > /mnt/file && sync'
  guest vm1 "$workload" > /run/seen &
  sleep 4.5
  down
  began=$(date +%s)
  if [ $3 = queue20 ]; then
    sleep 20
    dmsetup message mpatha 0 fail_if_no_path
    sleep $(($1 - 20))
  else
    sleep $1
  fi
  up
  # Whoever looks after the VM lets it go on once the array is back.
  qmp /run/qmp '{"execute": "query-status"}' | grep -q io-error && qmp /run/qmp '{"execute": "cont"}' > /run/null
  wait
  read -r mode failed worst errors hung < /run/seen
  stood=$(qmp --events --times /run/qmp | awk '/"STOP"/ { at = $1 } /"RESUME"/ { sum += $1 - at } END { printf "%.1f", sum }')
  events=$(sed 's/.*"action": "\([a-z]*\)".*/\1/; s/.*"event": "\([A-Z]*\)".*/\1/' /run/qmp.events | uniq -c | awk '{ printf "%s%s", sep, $1 == 1 ? $2 : $2 " x" $1; sep = ", " }')
  printf '%4s s  %-8s %-7s %-4s %6s %7s s %7s s %6s %5s  %s\n' $1 $3 $2 $mode $failed $worst $stood $errors $hung "${events:-none}"
  qmp /run/qmp '{"execute": "quit"}' > /run/null
  sleep 1
  dmsetup remove mpatha
}

echo "outage  map      werror  /mnt failed     worst   stopped errors  hung  events"
for outage in 5 30 120; do
  for policy in report stop retry; do run $outage $policy fail; done
done
for outage in 5 30 120 250; do run $outage report queue; done
for policy in report stop retry; do run 120 $policy queue20; done

# An array is down for 20 seconds. Two guests write to it once a second: QEMU tells the first of each error
# (werror=report), and tries again for the second one (werror=retry, proposed in 2020 and never merged).
# qemu-system-x86_64 with werror=retry, qmp and guest are the simulator's own.
export DMSIM_QEMU_BUILD=series
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=64 per_host_store=0 vpd_use_hostno=0 delay=0
S=$(blockdev --getsz /dev/sda)
HALF=$((S / 2))
dmsetup create mpatha --table "0 $S multipath 0 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
dmsetup create report --table "0 $HALF linear /dev/mapper/mpatha 0"
dmsetup create retry --table "0 $HALF linear /dev/mapper/mpatha $HALF"

for policy in report retry; do
  qemu-system-x86_64 -name $policy -daemonize -nodefaults -display none -m 256 \
    -blockdev driver=host_device,filename=/dev/mapper/$policy,node-name=disk \
    -device virtio-blk-pci,drive=disk,werror=$policy,rerror=$policy,retry_timeout=60000 \
    -qmp unix:/run/$policy,server=on,wait=off
  guest $policy 'mkfs.ext4 -q /dev/vda && mount -o errors=remount-ro /dev/vda /mnt'
  guest $policy '
    last=
    for n in $(seq 1 30); do
      { echo line $n >> /mnt/log && sync /mnt/log; } 2> /tmp/why
      why=$(sed "s/.*: //" /tmp/why)
      [ "$why" = "$last" ] || echo "$(cut -d. -f1 /proc/uptime) s, line $n: ${why:-written again}"
      last=$why
      sleep 1
    done
    echo "$({ wc -l < /mnt/log; } 2> /dev/null || echo no) lines of the log can be read, /mnt is $(grep " /mnt " /proc/mounts | cut -d" " -f4 | cut -d, -f1)"' > /run/$policy.out &
done
sleep 5
echo "-- the array goes down"
for d in sda sdb; do echo offline > /sys/block/$d/device/state; done
sleep 20
dmsetup status mpatha
for policy in report retry; do echo "$policy: $(qmp /run/$policy '{"execute": "query-status"}')"; done
echo "-- the array is back"
for d in sda sdb; do echo running > /sys/block/$d/device/state; done
for dev in 8:0 8:16; do dmsetup message mpatha 0 reinstate_path $dev; done
wait
for policy in report retry; do
  echo "-- the guest with werror=$policy"
  cat /run/$policy.out
  guest $policy 'dmesg | tail -n +2 | cut -c1-100'
  echo "events: $(sed 's/.*"action": "\([a-z]*\)".*/\1/' /run/$policy.events | uniq -c | awk '{ print $2 " x" $1 }')"
  qmp /run/$policy '{"execute": "quit"}' > /run/null
done

# An array is gone for $outage seconds under a guest with a file system. The map queues for $patience seconds (0: it fails at
# once; queue: without end), as no_path_retry in multipath.conf would have it. Does the guest stay writable?
export DMSIM_QEMU_BUILD=series
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=64 per_host_store=0 vpd_use_hostno=0 delay=0
S=$(blockdev --getsz /dev/sda)
features="1 queue_if_no_path"
[ $patience = 0 ] && features=0
dmsetup create mpatha --table "0 $S multipath $features 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
qemu-system-x86_64 -name vm1 -daemonize -nodefaults -display none -m 256 \
  -blockdev driver=host_device,filename=/dev/mapper/mpatha,node-name=disk \
  -device virtio-blk-pci,drive=disk,werror=report,rerror=report -qmp unix:/run/qmp,server=on,wait=off
guest vm1 'mkfs.ext4 -q /dev/vda && mount -o errors=remount-ro /dev/vda /mnt && echo 0 > /mnt/file && sync'
guest vm1 '
worst=0
while [ $SECONDS -lt '$((outage + 20))' ]; do
  from=$(date +%s%3N)
  { echo $from > /mnt/file && sync /mnt/file; } 2>/dev/null
  took=$(($(date +%s%3N) - from))
  [ $took -gt $worst ] && worst=$took
  sleep 1
done
touch /mnt/file 2>/dev/null && writable=1 || writable=0
echo "$writable $worst"' > /run/seen &
sleep 4.5
for disk in sda sdb; do echo offline > /sys/block/$disk/device/state; done
began=$(date +%s)
if [ $patience != 0 ] && [ $patience != queue ] && [ $patience -lt $outage ]; then
  sleep $patience
  dmsetup message mpatha 0 fail_if_no_path
fi
sleep $((outage - $(date +%s) + began))
for disk in sda sdb; do echo running > /sys/block/$disk/device/state; done
for dev in 8:0 8:16; do dmsetup message mpatha 0 reinstate_path $dev; done
wait
read -r writable worst < /run/seen
simctl measure writable $writable
simctl measure worst_write ${worst}ms

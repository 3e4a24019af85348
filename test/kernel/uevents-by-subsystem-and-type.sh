#udev
# Uevents by subsystem and type: disks are not partitions, and what has no type matches none.
modprobe scsi_debug dev_size_mb=8 num_parts=2 delay=0
udevadm settle
for s in block block/disk block/partition scsi/scsi_device scsi bdi bdi/disk; do
  udevadm monitor -k -s $s > /tmp/${s/\//-} & p="$p $!"
done
sleep 1
blockdev --rereadpt /dev/sda
udevadm settle
echo 1 > /sys/block/sda/device/delete
udevadm settle
sleep 1
kill $p
wait
for s in block block-disk block-partition scsi-scsi_device scsi bdi bdi-disk; do echo "-- $s"; sed -n 's/^KERNEL\[[^]]*\] //p' /tmp/$s | sed -E 's/host[0-9]+/hostN/; s/adapter[0-9]+/adapterN/; s/target[0-9]+/targetN/; s/[0-9]+:0:0:0/N/g'; done

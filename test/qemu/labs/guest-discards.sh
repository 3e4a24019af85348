# What becomes of a guest's discards: of an image with and without discard=unmap, of a device that offers none, of a disk of the
# host that can and one that can't, of one that fails
modprobe scsi_debug dev_size_mb=8 lbpu=1 delay=0
modprobe null_blk nr_devices=1 gb=1
fill() { head -c 1048576 /dev/zero | tr '\0' x > image.raw; }
vm() { # NAME NODE DEVICE
  qemu-system-x86_64 -name $1 -daemonize -nodefaults -display none -m 256 -blockdev "$2" -device virtio-scsi-pci -device "$3,drive=d" -qmp unix:/run/$1,server=on,wait=off
}
counted() { qmp /run/$1 '{"execute": "query-blockstats"}' | grep -oE '"(failed_)?unmap_operations": [0-9]+|"discard-[a-z-]+": [0-9]+' | sort | uniq -c; qmp /run/$1 '{"execute": "quit"}' >/dev/null; }
FILE='driver=raw,node-name=d,file.driver=file,file.filename=image.raw'
i=0
for device in virtio-blk-pci scsi-hd virtio-blk-pci,discard=off; do
  i=$((i + 1)); fill
  echo "-- $device"
  vm one$i "$FILE,discard=unmap" $device
  disk=$([ $device = scsi-hd ] && echo sda || echo vda)
  guest one$i "blkdiscard -v -o 64k -l 64k /dev/$disk 2>&1; cmp -n 196608 /dev/$disk /dev/zero | head -1; head -c 131072 /dev/$disk | tail -c 65536 | tr '\0' 0 | uniq -c | head -c 20; echo"
  counted one$i
done
echo "-- without discard=unmap"
fill; vm two "$FILE" virtio-blk-pci
guest two 'blkdiscard -v /dev/vda; tail -c 4 /dev/vda; echo'
counted two
echo "-- disks of the host: one that discards, one that does not"
dd if=/dev/zero of=/dev/sda bs=1M count=1 oflag=direct status=none
vm three driver=host_device,filename=/dev/sda,node-name=d,discard=unmap virtio-blk-pci
guest three 'blkdiscard -v -o 1M -l 1M /dev/vda; blkdiscard -z -v -o 2M -l 64k /dev/vda'
counted three
awk '{print "discards " $12 ", sectors " $14}' /sys/block/sda/stat
vm four driver=host_device,filename=/dev/nullb0,node-name=d,discard=unmap scsi-hd
guest four 'blkdiscard -v -l 1M /dev/sda; blkdiscard -z -v -l 64k /dev/sda; dmesg | tail -1'
counted four
echo "-- one that fails"
vm five "driver=raw,node-name=d,discard=unmap,file.driver=blkdebug,file.image.driver=file,file.image.filename=image.raw,file.inject-error.0.event=none,file.inject-error.0.iotype=discard" virtio-blk-pci
guest five 'blkdiscard /dev/vda 2>&1; dmesg | tail -1'
counted five

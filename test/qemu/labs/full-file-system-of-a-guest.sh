# A file system that is full says so to who writes, takes what fits, and has room again when files go.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 delay=0
qemu-system-x86_64 -name vm -daemonize -nodefaults -display none -blockdev driver=host_device,filename=/dev/sda,node-name=disk -device virtio-blk-pci,drive=disk -qmp unix:/run/q,server=on,wait=off
guest vm 'mkfs.ext4 -q /dev/vda && mount /dev/vda /mnt; dd if=/dev/zero of=/mnt/a bs=1M status=none; ls -l /mnt/a; echo x > /mnt/b; echo "b: $?"
rm /mnt/a; echo x > /mnt/b; echo "b: $?"; for i in 1 2 3; do dd if=/dev/zero of=/mnt/c bs=1M count=5 status=none; echo $?; sync; rm /mnt/c; done
mv /mnt/b /mnt/d; cat /mnt/d; dmesg | tail -n +2'

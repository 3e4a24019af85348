#fs A disk is deleted below a mounted ext4: the file system is shut down, and nothing of it can be read any more.
modprobe scsi_debug dev_size_mb=64 delay=0; mkfs.ext4 -q /dev/sda; mkdir -p /mnt/a; mount /dev/sda /mnt/a; echo one > /mnt/a/one; sync
echo 1 > /sys/block/sda/device/delete; sleep 1; ls /sys/block | grep sd; ls /mnt/a; cat /mnt/a/one; echo two > /mnt/a/two; echo $?; sync; umount /mnt/a; echo $?; dmesg | sed 's/^\[[^]]*\] //' | grep -E 'EXT4|sda|JBD2|Buffer' | sed "s,filesystem [-0-9a-f]*,filesystem UUID," | tail -12

#fs
# An ext4 on a map: who has it mounted, what a suspend and fsfreeze hold up, what keeps it busy.
modprobe brd rd_nr=2 rd_size=65536
dmsetup create vol --table "0 131072 linear 1:0 0"; mkfs.ext4 -q -F -L data /dev/mapper/vol; echo "mkfs $?"
mkdir -p /mnt/a /mnt/b; mount /dev/mapper/vol /mnt/a; echo "mount $?"; echo hello > /mnt/a/file; sync; cat /mnt/a/file; ls -A /mnt/a
findmnt -n -o SOURCE,TARGET,FSTYPE /mnt/a; grep mnt /proc/mounts; mount | tail -n 1; blkid -o value -s TYPE /dev/mapper/vol; blkid -s LABEL /dev/mapper/vol; lsblk -n -o NAME,FSTYPE,LABEL,MOUNTPOINT /dev/dm-0; mkfs.ext4 -q /dev/mapper/vol; echo "mkfs $?"; mkfs.ext4 -q /dev/ram0; echo "mkfs $?"
dmsetup suspend vol; dmsetup info -c --noheadings -o name,attr,open vol; ( echo later > /mnt/a/later; sync /mnt/a/later; echo written ) & sleep 1; ls /mnt/a; dmsetup resume vol; wait; cat /mnt/a/later
fsfreeze -f /mnt/a; ( echo more >> /mnt/a/later; echo appended ) & sleep 1; cat /mnt/a/later; fsfreeze -f /mnt/a; fsfreeze -u /mnt/a; wait; fsfreeze -u /mnt/a; cat /mnt/a/later
mount -o remount,ro /mnt/a; touch /mnt/a/x; mount -o remount,rw /mnt/a; touch /mnt/a/x; echo $?; sleep 2 < /mnt/a/x & sleep .2; umount /mnt/a; echo "umount $?"; wait; dmsetup remove vol
umount /mnt/a; echo "umount $?"; umount /mnt/a; dmsetup remove vol; mount /dev/ram0 /mnt/b; cat /mnt/b/later; umount /dev/ram0; mount /dev/ram1 /mnt/b; echo $?; mount /dev/nosuch /mnt/b; mount /dev/ram0 /mnt/nosuch; wipefs -a /dev/ram0; mount /dev/ram0 /mnt/b 2>&1 | head -1; dmesg | grep -oE 'EXT4-fs.*' | sed -E 's/[0-9a-f]{8}-[0-9a-f-]{27}/UUID/' | grep -v 'VFS: Can'

#fs
# An ext4 whose superblock cannot be written when it is thawed: the next change aborts the journal, the one after that shuts it down.
modprobe scsi_debug dev_size_mb=16 delay=0
S=32768; GOOD="0 $S linear /dev/sda 0"; BAD="0 $S error"; dmsetup create m --table "$GOOD"
log() { sleep 0.1; dmesg -c | sed "s/^\[[^]]*\] //; s/[0-9a-f]\{8\}-[0-9a-f-]\{27\}/UUID/" | grep -E "EXT4|JBD2|journal|Buffer|VFS:|lab:"; grep /mnt /proc/mounts | cut -d" " -f4; }
swap() { dmsetup load m --table "$1"; dmsetup suspend $2 m; dmsetup resume m; echo "swap $?"; }
try() { echo "-- $*"; "$@"; echo "rc $?"; }
fresh() { umount /mnt 2> /dev/null; swap "$GOOD" --nolockfs; mkfs.ext4 -q -F -E lazy_itable_init=0 /dev/mapper/m; mount $1 /dev/mapper/m /mnt; echo hello > /mnt/a; mkdir /mnt/dir; sync; cat /mnt/a; sync; dmesg -c > /dev/null; }
over() { echo x > /mnt/a; }; shutdown() { try touch /mnt/c; log; try touch /mnt/c; try cat /mnt/a; try rm /mnt/a; }
fresh; swap "$BAD"; log; try mkdir /mnt/b; log; shutdown; try umount /mnt; log
fresh; swap "$BAD"; log; try touch /mnt/b; log; shutdown; swap "$GOOD"; log; try umount /mnt; log
fresh; swap "$BAD"; log; try rm /mnt/a; log; shutdown
fresh; swap "$BAD"; log; try over; log; shutdown
fresh; swap "$BAD"; log; try chmod 600 /mnt/a; log; shutdown
fresh; swap "$BAD"; log; try touch /mnt/a; log; try over; log; shutdown
fresh "-o errors=remount-ro"; swap "$BAD"; log; try touch /mnt/b; log; shutdown; try mkdir /mnt/b; try chmod 600 /mnt/a
fresh "-o errors=remount-ro"; swap "$BAD"; try rm /mnt/a; log; shutdown
fresh; swap "$BAD"; swap "$GOOD"; log; swap "$GOOD" --nolockfs; try touch /mnt/b; log; shutdown; try umount /mnt; log
fresh; swap "$BAD"; fsfreeze -f /mnt; echo "freeze $?"; log; fsfreeze -f /mnt; echo "freeze $?"; log
fresh; swap "$BAD"; sync -f /mnt/dir; echo "syncfs $?"; sync -f /mnt/dir; echo "syncfs $?"; log
fresh; swap "$BAD"; log; try umount /mnt; log

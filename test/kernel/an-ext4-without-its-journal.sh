#fs
# An ext4 whose journal cannot be written: what each call says before and after it is shut down, and what umount logs.
modprobe scsi_debug dev_size_mb=16 delay=0
S=32768; GOOD="0 $S linear /dev/sda 0"; BAD="0 $S error"; dmsetup create m --table "$GOOD"
log() { sleep 0.1; dmesg -c | sed "s/^\[[^]]*\] //; s/[0-9a-f]\{8\}-[0-9a-f-]\{27\}/UUID/" | grep -E "EXT4|JBD2|journal|Buffer|VFS:|lab:"; grep /mnt /proc/mounts | cut -d" " -f4; }
swap() { dmsetup load m --table "$1"; dmsetup suspend $2 m; dmsetup resume m; echo "swap $?"; }
try() { echo "-- $*"; "$@"; echo "rc $?"; }
fresh() { umount /mnt 2> /dev/null; swap "$GOOD" --nolockfs; mkfs.ext4 -q -F -E lazy_itable_init=0 /dev/mapper/m; mount $1 /dev/mapper/m /mnt; echo hello > /mnt/a; mkdir /mnt/dir; sync; cat /mnt/a; sync; dmesg -c > /dev/null; }
over() { echo x > /mnt/a; }
abort() { fresh "$1"; exec 5>> /mnt/a; swap "$BAD" --nolockfs; touch /mnt/b; try sync; log; }
fresh; swap "$BAD" --nolockfs; try umount /mnt; log
abort; try touch /mnt/c; log; try touch /mnt/c; try touch /mnt/a; try cat /mnt/a; try over; try rm /mnt/a; try mkdir /mnt/e; try ls /mnt; try truncate -s 0 /mnt/a; try chmod 600 /mnt/a; try test -e /mnt/a; try mv /mnt/a /mnt/b; try ln -s a /mnt/l
echo more >&5; echo "write $?"; sync /mnt/a; echo "fsync $?"; exec 5>&-; try sync; try umount /mnt; log
abort; echo more >&5; echo "write $?"; log; echo more >&5; echo "write $?"; exec 5>&-
abort; try over; log; exec 5>&-
abort; try touch /mnt/a; log; exec 5>&-
abort; try mkdir /mnt/e; log; exec 5>&-
abort; try rm /mnt/a; log; exec 5>&-
abort; exec 5>&-; try umount /mnt; log
abort "-o errors=remount-ro"; try touch /mnt/c; log; exec 5>&-

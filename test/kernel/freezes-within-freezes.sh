#fs
# fsfreeze and dmsetup suspend freeze the same file system: one within the other, thawed by the one while the other holds it; a mount of a suspended map; sizes of directories.
modprobe scsi_debug vpd_use_hostno=0 dev_size_mb=16 delay=0
dmsetup create d --table "0 32768 linear 8:0 0"; mkfs.ext4 -q -F -E lazy_itable_init=0,lazy_journal_init=0 /dev/mapper/d; mount /dev/mapper/d /mnt
n=0; w() { n=$((n + 1)); echo $n > /mnt/f & sleep 0.3; echo "writers that wait: $(jobs -r | wc -l)"; }
t() { "$@"; echo "$1 ${2%/mnt} $?"; sleep 0.3; }
ls -l /mnt | awk '{print $1, $2, $5, $NF}'; stat -c '%n %s %b %h' /mnt /mnt/lost+found; du -k /mnt
echo "-- a suspend within a freeze"; t fsfreeze -f /mnt; t dmsetup suspend d; w; t dmsetup resume d; jobs -r | wc -l; t fsfreeze -u /mnt; wait; cat /mnt/f; t fsfreeze -u /mnt
echo "-- a suspend after that"; t dmsetup suspend d; w; t dmsetup resume d; wait; cat /mnt/f; t fsfreeze -u /mnt; umount /mnt; mount /dev/mapper/d /mnt; echo "mounted anew $?"; t dmsetup suspend d; w; t dmsetup resume d; wait
echo "-- a freeze within a suspend"; t dmsetup suspend d; t fsfreeze -f /mnt; w; fsfreeze -u /mnt & sleep 0.3; jobs -r | wc -l; t dmsetup resume d; wait; cat /mnt/f; t fsfreeze -u /mnt
echo "-- frozen twice"; t fsfreeze -f /mnt; t fsfreeze -f /mnt; t fsfreeze -u /mnt; t fsfreeze -u /mnt
echo "-- mount of a map that is frozen"; umount /mnt; t dmsetup suspend d; mount -t ext4 /dev/mapper/d /mnt; echo "mount $?"; ( mount /dev/mapper/d /mnt; echo "mount $?" ) & sleep 0.5; echo "waits"; dmsetup resume d; wait; mount /dev/mapper/d /mnt; echo "mount $?"
dmesg | sed 's/^\[[^]]*\] //' | grep -E 'EXT4|frozen' | sed 's/[0-9a-f]\{8\}-[0-9a-f-]\{27\}/UUID/'

#udev
# The uevents of a disk that becomes write-protected, of one that an administrator protects, and of a map whose table is read-only.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 delay=0
udevadm settle
udevadm monitor -k -p > /tmp/k & sleep 1
say() { sleep 2; udevadm settle; echo "--- $1"; sed 's/\[[0-9.]*\]//; /SEQNUM\|DM_COOKIE/d' /tmp/k | grep -v '^$' | tail -n +$((n + 1)); n=$(sed '/SEQNUM\|DM_COOKIE/d' /tmp/k | grep -vc '^$'); }
say start > /dev/null
echo 1 > /sys/module/scsi_debug/parameters/wp; say "wp"
echo 1 > /sys/block/sda/device/rescan; say "rescan"
echo 1 > /sys/block/sda/device/rescan; say "rescan again"
echo 0 > /sys/module/scsi_debug/parameters/wp; echo 1 > /sys/block/sda/device/rescan; say "writable"
blockdev --setro /dev/sda; say "setro"
blockdev --setrw /dev/sda; say "setrw"
udevadm info -q property -n sda | grep -c DISK_RO
dmsetup create lin --table "0 8 linear 8:0 0"; say "create"
dmsetup load lin -r --table "0 8 linear 8:0 0"; dmsetup resume lin; say "read-only table"; cat /sys/block/dm-0/ro
dmsetup load lin --table "0 8 linear 8:0 0"; dmsetup resume lin; say "writable table"; cat /sys/block/dm-0/ro
dmsetup create two -r --table "0 8 linear 8:0 8"; say "made read-only"; cat /sys/block/dm-1/ro
dmsetup remove lin; dmsetup remove two; say "removed"
kill %1; wait

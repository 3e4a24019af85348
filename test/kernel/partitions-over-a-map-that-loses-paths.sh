#fs
# kpartx-like linear maps over a multipath map by hand: partitions written through the map, read after a table swap, deps, holders, removal order.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=16 per_host_store=0 vpd_use_hostno=0 delay=0
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1
dmsetup create m --table "0 32768 multipath 1 queue_if_no_path 0 1 1 round-robin 0 2 1 /dev/sda 1 /dev/sdb 1"
printf 'label: dos\nlabel-id: 0x12345678\nstart=2048, size=8192\nstart=10240, size=4096\n' | sfdisk -q --no-reread /dev/mapper/m; echo "rc=$?"
sfdisk -d /dev/mapper/m | grep -v '^device\|^$'
sfdisk -d /dev/mapper/m | awk -F'[ ,=]+' '/start/ && !/type=5/ { print $4, $6 }' > /tmp/parts; cat /tmp/parts
n=0; while read s l; do n=$((n + 1)); dmsetup create m-part$n --table "0 $l linear /dev/mapper/m $s"; done < /tmp/parts
dmsetup ls --tree; dmsetup deps; lsblk -s -n -o NAME,SIZE,TYPE /dev/mapper/m-part2
mkfs.ext4 -q /dev/mapper/m-part1 && mkdir -p /mnt/p && mount /dev/mapper/m-part1 /mnt/p && echo hello > /mnt/p/f && sync
echo offline > /sys/block/sda/device/state; echo offline > /sys/block/sdb/device/state
(echo second > /mnt/p/g; sync /mnt/p/g; echo "synced $?") > /tmp/w 2>&1 & sleep 2; cat /tmp/w; dmsetup status m
dmsetup suspend --noflush m; dmsetup load m --table "0 32768 multipath 1 queue_if_no_path 0 1 1 round-robin 0 2 1 /dev/sdb 1 /dev/sda 1"; dmsetup resume m; sleep 1; cat /tmp/w
dmsetup status m; echo running > /sys/block/sda/device/state; dmsetup message m 0 reinstate_path 8:0; wait; cat /tmp/w
cat /mnt/p/f /mnt/p/g; umount /mnt/p; dmsetup remove m; echo "rc=$?"
dmsetup remove m-part1 m-part2; dmsetup info -c --noheadings -o name,open m; blockdev --rereadpt /dev/sda; echo "rc=$?"; dmsetup remove m; blockdev --rereadpt /dev/sda; echo "rc=$?"; ls /dev/sda* ; cat /proc/partitions

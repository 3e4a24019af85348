#udev
# Disks whose sectors have 4096 bytes: their map, its partitions by a DOS label and by a logical one, kpartx -l, I/O that is no multiple, a path away and back.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=16 per_host_store=0 vpd_use_hostno=0 delay=0 sector_size=4096
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
# A DOS label: partition 1 at sector 16, 64 sectors long; an extended one at 128, 512 long; in it one at 144, 100 long.
entry() { printf '\x00\x00\x00\x00\x'$1'\x00\x00\x00'; printf "\\x$(printf %02x $(($2 % 256)))\\x$(printf %02x $(($2 / 256)))\\x00\\x00\\x$(printf %02x $(($3 % 256)))\\x$(printf %02x $(($3 / 256)))\\x00\\x00"; }
{ head -c 446 /dev/zero; entry 83 16 64; entry 05 128 512; head -c 32 /dev/zero; printf '\x55\xaa'; head -c 3584 /dev/zero; } > /tmp/l
{ head -c 446 /dev/zero; entry 83 16 100; entry 00 0 0; head -c 32 /dev/zero; printf '\x55\xaa'; head -c 3584 /dev/zero; } > /tmp/e
dd if=/tmp/l of=/dev/sda bs=4096 oflag=direct status=none; dd if=/tmp/e of=/dev/sda bs=4096 seek=128 oflag=direct status=none; sync
blockdev --rereadpt /dev/sda; blockdev --rereadpt /dev/sdb; udevadm settle; cat /proc/partitions | grep sd
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
multipath -ll; ls /dev/mapper; dmsetup table | sort
kpartx -l /dev/mapper/mpatha; kpartx -l /dev/sdb
cat /sys/block/dm-0/queue/{logical,physical}_block_size; blockdev --getss --getpbsz --getsz --getbsz /dev/mapper/mpatha
dd if=/dev/mapper/mpatha of=/dev/null bs=512 count=1 iflag=direct status=none; echo rc=$?
dd if=/dev/mapper/mpatha bs=512 count=1 status=none | od -An -tx1 -j 446 -N 32
dd if=/dev/zero of=/dev/mapper/mpatha-part1 bs=4096 count=1 oflag=direct status=none; echo rc=$?
echo offline > /sys/block/sda/device/state; sleep 3; multipathd show paths format "%d %t %T %S"; echo running > /sys/block/sda/device/state; sleep 3; multipathd show paths format "%d %t %T %S"
multipathd show maps format "%n %S %N"; kpartx -dv /dev/mapper/mpatha; kpartx -av /dev/mapper/mpatha; udevadm settle; ls /dev/mapper
dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=1 oflag=direct status=none; kpartx -uv /dev/mapper/mpatha; udevadm settle; ls /dev/mapper

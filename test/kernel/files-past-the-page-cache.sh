#fs
# Direct I/O to files of an ext4: what reaches the disk at once, what an error says, and what is found afterwards.
modprobe scsi_debug vpd_use_hostno=0 dev_size_mb=32 delay=0
good="0 65536 linear /dev/sda 0"
dmsetup create m --table "$good"
swap() { dmsetup load m --table "$1"; dmsetup suspend --nolockfs --noflush m; dmsetup resume m; }
count() { awk '{print $1, $3, $5, $7}' /sys/block/dm-0/stat; }
io() {
  local a=($(count)) b; "$@"; local rc=$?; b=($(count))
  echo "rc=$rc reads $((b[0]-a[0])) sectors $((b[1]-a[1])) writes $((b[2]-a[2])) sectors $((b[3]-a[3]))"
}
mkfs.ext4 -q -F -b 4096 -E lazy_itable_init=0,lazy_journal_init=0 /dev/mapper/m
mkdir -p /mnt; mount -o noatime /dev/mapper/m /mnt; grep ' /mnt ' /proc/mounts; sleep 6
echo warm > /mnt/w; sync
echo "== a new file"
io dd if=/dev/zero of=/mnt/f bs=256k count=1 oflag=direct status=none; stat -c '%s %b' /mnt/f
seq -w 1 2000 | head -c 8192 > /tmp/in
sync
io dd if=/tmp/in of=/mnt/f bs=4k count=2 oflag=direct conv=notrunc status=none
echo "== read past the cache, into it, from it, past it"
io dd if=/mnt/f of=/tmp/out bs=64k iflag=direct status=none; cmp -n 8192 /tmp/in /tmp/out && echo same
io dd if=/mnt/f of=/dev/null bs=64k status=none
io dd if=/mnt/f of=/dev/null bs=64k status=none
io dd if=/mnt/f of=/dev/null bs=64k iflag=direct status=none
echo "== a direct read writes what it reads first"
sync
io dd if=/tmp/in of=/mnt/g bs=4k count=2 status=none
io dd if=/mnt/g of=/dev/null bs=4k count=1 iflag=direct status=none
io dd if=/mnt/g of=/dev/null bs=4k count=2 iflag=direct status=none
echo "== odd sizes"
io dd if=/mnt/f of=/dev/null bs=1000 count=1 iflag=direct status=none
io dd if=/tmp/in of=/mnt/f bs=1000 count=1 oflag=direct conv=notrunc status=none
io dd if=/mnt/f of=/dev/null bs=512 count=3 iflag=direct status=none
sync
io dd if=/tmp/in of=/mnt/f bs=512 count=3 oflag=direct conv=notrunc status=none
sync
echo "== errors"
swap "0 65536 error"
io dd if=/mnt/f of=/dev/null bs=64k status=none
io dd if=/mnt/f of=/dev/null bs=64k iflag=direct status=none
io dd if=/dev/zero of=/mnt/f bs=4k count=2 oflag=direct conv=notrunc status=none
swap "$good"
io dd if=/mnt/f of=/tmp/out bs=64k status=none; cmp -n 8192 /tmp/in /tmp/out && echo "as before"
umount /mnt; echo "umount rc=$?"

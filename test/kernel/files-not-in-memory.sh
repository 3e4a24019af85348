#fs
# Files of an ext4 that was mounted again: what a read, an append, a write within a block and a truncation ask of the disk, and what they say without it.
modprobe brd rd_nr=1 rd_size=32768
good="0 65536 linear /dev/ram0 0"
dmsetup create m --table "$good"
swap() { dmsetup load m --table "$1"; dmsetup suspend --nolockfs --noflush m; dmsetup resume m; }
count() { awk '{print $1, $3}' /sys/block/dm-0/stat; }
io() { local a=($(count)) b; "$@"; local rc=$?; b=($(count)); echo "rc=$rc reads $((b[0]-a[0])) sectors $((b[1]-a[1]))"; }
again() { umount /mnt; mount -o noatime /dev/mapper/m /mnt; ls -l /mnt > /dev/null; sleep 6; }
mkfs.ext4 -q -F -b 4096 -E lazy_itable_init=0,lazy_journal_init=0 /dev/mapper/m; mkdir -p /mnt; mount /dev/mapper/m /mnt
for i in 1 2 3; do seq -w $((i * 1000)) $((i * 1000 + 4000)) > /mnt/f$i; done
again
echo "== changed, not read"
io sh -c 'echo more >> /mnt/f1'
io sh -c 'printf X | dd of=/mnt/f2 bs=1 seek=9000 conv=notrunc status=none'
io sh -c 'head -c 4096 /dev/zero | dd of=/mnt/f2 bs=4k seek=3 conv=notrunc status=none'
io dd if=/mnt/f2 bs=4k count=5 of=/dev/null status=none
io truncate -s 5000 /mnt/f3
io wc -c /mnt/f3
io cat /mnt/f3 > /tmp/out; tail -n 1 /tmp/out
sync; again
stat -c '%n %s' /mnt/f?; tail -n 1 /mnt/f1; dd if=/mnt/f2 bs=1 skip=9000 count=1 status=none; echo
echo "== without the disk"
again; swap "0 65536 error"
cat /mnt/f1 > /tmp/out; echo "rc=$?"; stat -c %s /tmp/out
echo x >> /mnt/f2; echo "append rc=$?"
printf Y | dd of=/mnt/f2 bs=1 seek=100 conv=notrunc status=none; echo "rc=$?"
cp /mnt/f3 /tmp/f3; echo "rc=$?"
grep -c 1 /mnt/f1; echo "rc=$?"
cmp /mnt/f1 /mnt/f2; echo "rc=$?"
wc -c /mnt/f1
swap "$good"
cat /mnt/f1 > /tmp/out; echo "rc=$?"; stat -c %s /tmp/out; tail -c 4 /mnt/f2
umount /mnt; echo "umount rc=$?"

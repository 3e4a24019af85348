#fs
# df of an ext4: what mke2fs and the kernel keep for themselves on disks of many sizes, what files and names take, and when it is full.
modprobe brd rd_nr=1 rd_size=1100000
for kb in 4096 8192 12000 16384 20000 32768 40000 65536 131072 262144 524287 524288 1048576; do
  dmsetup create d --table "0 $((kb*2)) linear 1:0 0"; mkfs.ext4 -q /dev/mapper/d; mount /dev/mapper/d /mnt
  echo "$kb: $(df -k /mnt | tail -1 | tr -s ' ') $(df -i /mnt | tail -1 | awk '{print $2,$3,$4,$5}')"; umount /mnt; dmsetup remove d
done
dmsetup create d --table "0 131072 linear 1:0 0"; mkfs.ext4 -q /dev/mapper/d; mount /dev/mapper/d /mnt
u() { sync; echo "$1: $(df -k --output=used,avail,pcent /mnt | tail -1) $(df -i /mnt | tail -1 | awk '{print $3,$4}')"; }
u start; echo a > /mnt/a; u 'one byte'; dd if=/dev/zero of=/mnt/b bs=1k count=3 status=none; u 3k; mkdir /mnt/d; u directory; : > /mnt/e; u empty
dd if=/dev/zero of=/mnt/c bs=1M count=20 status=none; u 20M; truncate -s 10M /mnt/c; u truncated; rm /mnt/c; u removed; truncate -s 1M /mnt/sparse; u sparse; ln -s x /mnt/l; ln -s $(printf 'x%.0s' {1..80}) /mnt/l2; u links; ln /mnt/a /mnt/a2; u 'hard link'
df /mnt/b; df -h /mnt; df -hT /mnt | tail -1; df -B1 /mnt | tail -1; df --total -t ext4 | tail -2; df -i /mnt; df -h --output=size,avail,pcent,target /mnt
umount /mnt; mkfs.ext4 -q -b 4096 /dev/mapper/d; mount /dev/mapper/d /mnt; u '4k blocks'; echo a > /mnt/a; u 'one byte'; umount /mnt
mkfs.ext4 -q -m 0 -L lab /dev/mapper/d; mount -o ro /dev/mapper/d /mnt; df /mnt | tail -1; umount /mnt; dmsetup remove d
dmsetup create d --table "0 32768 linear 1:0 0"; mkfs.ext4 -q /dev/mapper/d; mount /dev/mapper/d /mnt; dd if=/dev/zero of=/mnt/f bs=1M status=none; echo "rc $?"; stat -c %s /mnt/f; df -k /mnt | tail -1; rm /mnt/f; sync; df -k /mnt | tail -1

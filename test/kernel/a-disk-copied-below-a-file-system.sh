#fs
# The disk below an ext4 is replaced by a copy: frozen, suspended, copied, led to the copy, thawed; then unmounted, and mounted from there.
modprobe scsi_debug vpd_use_hostno=0 dev_size_mb=16 delay=0
modprobe brd rd_nr=1 rd_size=32768
S=$(blockdev --getsz /dev/sda)
dmsetup create data --table "0 $S linear /dev/sda 0"
mkfs.ext4 -q -F -E lazy_itable_init=0,lazy_journal_init=0 -L DATA -U 11111111-2222-3333-4444-555555555555 /dev/mapper/data; echo "rc=$?"
mkdir -p /mnt/data; mount -o noatime /dev/mapper/data /mnt/data; grep /mnt/data /proc/mounts; blkid -o value -s UUID /dev/mapper/data
for i in 1 2 3 4; do seq $((i * 3000)) > /mnt/data/file$i; done; (cd /mnt/data && md5sum file* > /tmp/sums)
fsfreeze -f /mnt/data
( echo late > /mnt/data/late; echo "late write rc=$?" ) & sleep 0.5
dmsetup suspend data; dd if=/dev/sda of=/dev/ram0 bs=1M iflag=direct oflag=direct status=none; echo "copy rc=$?"
dmsetup load data --table "0 $S linear /dev/ram0 0"; dmsetup resume data
fsfreeze -u /mnt/data; wait; cat /mnt/data/late
(cd /mnt/data && md5sum -c --quiet /tmp/sums); echo "sums rc=$?"; dmsetup deps -o devname data
( for i in 1 2 3; do echo $i >> /mnt/data/log; sync /mnt/data/log; done )
umount /mnt/data; mount -o ro /dev/mapper/data /mnt/data; echo "mount rc=$?"
paste -sd' ' /mnt/data/log; (cd /mnt/data && md5sum -c /tmp/sums)
echo x > /mnt/data/x; echo "rc=$?"
a=$(awk '{print $1}' /sys/block/sda/stat); echo 1 > /proc/sys/vm/drop_caches; md5sum /mnt/data/file4 > /dev/null; echo "the old disk was read $(( $(awk '{print $1}' /sys/block/sda/stat) - a )) times"
umount /mnt/data; dmsetup remove data; echo "rc=$?"

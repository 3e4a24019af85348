#fs
# Caches dropped while an ext4 is mounted: what is read again, how much at once, and what that says when both paths are gone.
modprobe scsi_debug vpd_use_hostno=0 dev_size_mb=64 delay=0 per_host_store=0
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1
dmsetup create mp --table "0 $(blockdev --getsz /dev/sda) multipath 0 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
mkfs.ext4 -q -F -b 4096 -E lazy_itable_init=0,lazy_journal_init=0 /dev/mapper/mp; mkdir -p /mnt; mount -o noatime /dev/mapper/mp /mnt
log() { dmesg -c | sed 's/^\[[^]]*\] //' | grep -E 'I/O error|Failing' | sed 's/sector [0-9]*/sector N/; s/phys_seg [0-9]*/phys_seg N/' | sort | uniq -c | sed 's/^ *//'; }
count() { awk '{print $1, $3}' /sys/block/dm-0/stat; }
io() { local a=($(count)) b; "$@"; local rc=$?; b=($(count)); echo "rc=$rc reads $((b[0]-a[0])) sectors $((b[1]-a[1]))"; }
seq -w 1 20000 > /mnt/big; seq 1 100 > /mnt/small; head -c 65536 /mnt/big > /mnt/mid; sync; sleep 6; log > /dev/null
echo "== dropped"
echo 1 > /proc/sys/vm/drop_caches
io wc -c /mnt/small
io head -n 1 /mnt/small
io md5sum /mnt/mid
io dd if=/mnt/big of=/dev/null bs=4k count=1 skip=10 status=none
io dd if=/mnt/big of=/dev/null bs=4k count=1 skip=11 status=none
echo "== what was not saved stays"
echo changed >> /mnt/small; echo 1 > /proc/sys/vm/drop_caches; tail -n 1 /mnt/small; sync
echo "== without paths"
for d in sda sdb; do echo offline > /sys/block/$d/device/state; done
md5sum /mnt/mid
echo 1 > /proc/sys/vm/drop_caches
md5sum /mnt/mid; echo "rc=$?"
cat /mnt/small; echo "rc=$?"
dd if=/mnt/big of=/tmp/out bs=16k conv=noerror,sync count=3 status=none; echo "rc=$?"
dmsetup status mp | grep -oE '8:[0-9]+ [AF] [0-9]+' | paste -sd' '; log
for d in sda sdb; do echo running > /sys/block/$d/device/state; done; for p in 8:0 8:16; do dmsetup message mp 0 reinstate_path $p; done
md5sum /mnt/mid; tail -n 1 /mnt/small
umount /mnt; echo "umount rc=$?"

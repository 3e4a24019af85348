# A disk becomes smaller than the maps on it: what the kernel refuses before it asks the disk, and what the disk refuses while the kernel does not know yet.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 virtual_gb=1 per_host_store=0 vpd_use_hostno=0 delay=0
sleep 1; echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1
S=$(blockdev --getsz /dev/sda)
dmsetup create rq --table "0 $S multipath 0 0 2 1 service-time 0 1 1 8:0 1 service-time 0 1 1 8:16 1"
dmsetup create bio --table "0 $S multipath 2 queue_mode bio 0 2 1 service-time 0 1 1 8:0 1 service-time 0 1 1 8:16 1"
dmsetup create lin --table "0 $S linear 8:16 0"
io() {
  for d in mapper/rq mapper/bio mapper/lin sda sdb; do
    for seek in 0 200000; do
      dd if=/dev/$d of=/dev/null bs=4096 count=1 skip=$seek iflag=direct 2>&1 | grep -v records | sed 's/, [0-9.e-]* s, .*//'
      dd if=/dev/zero of=/dev/$d bs=4096 count=1 seek=$seek oflag=direct 2>&1 | grep -v records | sed 's/, [0-9.e-]* s, .*//'
    done
  done
  dmsetup status
  for m in rq bio; do dmsetup message $m 0 reinstate_path 8:0; dmsetup message $m 0 reinstate_path 8:16; dmsetup message $m 0 switch_group 1; done
}
log() { dmesg | sed 's/^\[[^]]*\] //; s/tag#[0-9]*/tag#N/; s/phys_seg [0-9]*/phys_seg N/' | grep -E "beyond|capacity change|Failing|rw=" ; dmesg -c > /dev/null; }
dmesg -c > /dev/null
echo "--- as it was"; io; log
echo "--- smaller, and nobody knows"; echo 0 > /sys/bus/pseudo/drivers/scsi_debug/virtual_gb
for d in sda sdb; do dd if=/dev/$d of=/dev/null bs=4096 count=1 iflag=direct 2>/dev/null; done; dmesg -c > /dev/null; io; log
echo "--- sda is rescanned"; echo 1 > /sys/block/sda/device/rescan; sleep 1; io; log
echo "--- sdb, too"; echo 1 > /sys/block/sdb/device/rescan; sleep 1; io; log
echo "--- as large as before"; echo 1 > /sys/bus/pseudo/drivers/scsi_debug/virtual_gb; for d in sda sdb; do echo 1 > /sys/block/$d/device/rescan; done; sleep 1; io; log

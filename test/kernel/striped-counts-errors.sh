# striped remembers which stripe ever failed, raises an event per failure up to a limit, and stays D.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
dmsetup create s --table "0 16384 striped 2 8 8:0 0 8:16 0"
r() { dd if=/dev/mapper/s of=/dev/null bs=4096 skip=$1 count=1 iflag=direct status=none 2>/dev/null; echo "read $1 rc=$?"; sleep 0.2; dmsetup status s; dmsetup info -c --noheadings -o events s; }
r 0
echo offline > /sys/block/sdb/device/state
r 1; r 0; r 3
echo running > /sys/block/sdb/device/state
r 1
echo offline > /sys/block/sdb/device/state
for i in {1..16}; do dd if=/dev/mapper/s of=/dev/null bs=4096 skip=1 count=1 iflag=direct status=none 2>/dev/null; sleep 0.1; done
dmsetup info -c --noheadings -o events s
dmsetup load s --table "0 16384 striped 2 8 8:0 0 8:16 0"; dmsetup resume s; dmsetup status s

# Write-back through a request-based map: pages merge in the map's queue, the requests below are what it sends.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=16 per_host_store=0 vpd_use_hostno=0 delay=0
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1
S=$(blockdev --getsz /dev/sda)
dmsetup create m --table "0 $S multipath 0 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
t() { echo "$1"; shift; local d a b; declare -A o; for d in dm-0 sda sdb; do o[$d]="$(cat /sys/block/$d/stat)"; done; "$@"; for d in dm-0 sda sdb; do a=(${o[$d]}); b=($(cat /sys/block/$d/stat)); echo "  $d: reads $((b[0]-a[0])) merged $((b[1]-a[1])) sectors $((b[2]-a[2])), writes $((b[4]-a[4])) merged $((b[5]-a[5])) sectors $((b[6]-a[6])), flushes $((b[15]-a[15]))"; done; }
t "64k" dd if=/dev/zero of=/dev/mapper/m bs=64k count=1 conv=notrunc,fsync status=none
t "every other page" bash -c 'exec 3<>/dev/mapper/m; for i in 0 2 4 6; do dd if=/dev/zero of=/dev/mapper/m bs=4k count=1 seek=$i conv=notrunc status=none; done; sync /dev/mapper/m'
t "direct 64k" dd if=/dev/zero of=/dev/mapper/m bs=64k count=1 oflag=direct conv=notrunc status=none
dmsetup remove m
dmsetup create m --table "0 $S multipath 2 queue_mode bio 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
t "bio mode: 64k" dd if=/dev/zero of=/dev/mapper/m bs=64k count=1 conv=notrunc,fsync status=none
t "bio mode: direct 64k" dd if=/dev/zero of=/dev/mapper/m bs=64k count=1 oflag=direct conv=notrunc status=none
t "bio mode: buffered read 256k" dd if=/dev/mapper/m of=/dev/null bs=256k count=1 status=none
t "a megabyte and more" dd if=/dev/zero of=/dev/mapper/m bs=1280k count=1 conv=notrunc,fsync status=none

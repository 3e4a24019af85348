# Where flushes go: past linear and striped to each device once, through the other targets, and what their errors leave behind.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1
fl() { echo "  flushes: $(for d in sda sdb $*; do a=($(cat /sys/block/$d/stat)); echo -n "$d ${a[15]} "; done)"; }
ev() { sleep 0.3; dmsetup status $1; dmsetup info -c --noheadings -o name,events $1; }
dmsetup create bad --table "0 16384 multipath 0 0 1 1 round-robin 0 1 1 8:0 1"; dmsetup message bad 0 fail_path 8:0
fl; printf '0 1000 linear 8:0 0\n1000 1000 linear 8:16 0\n2000 1000 linear 8:0 5000\n' | dmsetup create l; sync /dev/mapper/l; echo "linear over two: $?"; fl dm-1
dmsetup create s --table "0 2560 striped 2 128 8:0 0 8:16 0"; sync /dev/mapper/s; echo "striped over two: $?"; fl dm-2; ev s
dmsetup create sb --table "0 2560 striped 2 128 8:16 0 254:0 0"; sync /dev/mapper/sb; echo "striped over a good and a bad one: $?"; ev sb
printf '0 1000 linear 254:0 0\n1000 1000 linear 8:16 0\n' | dmsetup create lb; sync /dev/mapper/lb; echo "linear over a bad and a good one: $?"
printf '0 128 striped 2 64 254:0 0 254:0 1000\n128 100 zero\n' | dmsetup create sz; sync /dev/mapper/sz; echo "striped beside zero: $?"; dmsetup status sz
printf '0 1000 linear 8:0 0\n1000 1000 error\n' | dmsetup create le; sync /dev/mapper/le; echo "linear beside error: $?"
dmsetup create d --table "0 1000 delay 8:0 0 0"; sync /dev/mapper/d; echo "delay: $?"; fl
dmsetup create f --table "0 1000 flakey 8:0 0 0 10"; sync /dev/mapper/f; echo "flakey, down: $?"; fl
dd if=/dev/zero of=/dev/mapper/sb bs=64k count=1 seek=1 oflag=direct status=none; ev sb
dd if=/dev/zero of=/dev/mapper/sb bs=4k count=1 seek=16 oflag=direct,sync conv=notrunc status=none; ev sb
dd if=/dev/zero of=/dev/mapper/s bs=4k count=1 oflag=direct,sync conv=notrunc status=none; fl dm-2

# The discard limit of a disk and of maps on it, lowered and raised.
modprobe scsi_debug dev_size_mb=8 lbpu=1 lbpws=1 delay=0
dmsetup create m --table "0 16384 linear /dev/sda 0"
q() { for d in sda dm-0; do echo "$d: $(cat /sys/block/$d/queue/discard_max_bytes) $(cat /sys/block/$d/queue/discard_max_hw_bytes) $(cat /sys/block/$d/queue/discard_granularity)"; done; }
w() { echo "$2" > /sys/block/$1/queue/discard_max_bytes; echo "$1 $2: $?"; q; }
q; w sda 65536; w sda 99999999999; w sda 1000; w sda 1024; w sda 0; w dm-0 4096; w dm-0 0; w sda 8388608; w dm-0 4294966784
dmsetup suspend m; dmsetup load m --table "0 16384 linear /dev/sda 0"; dmsetup resume m; q
w sda 0; dmsetup load m --table "0 16384 linear /dev/sda 0"; dmsetup resume m; q; blkdiscard /dev/mapper/m; echo "discard $?"; blkdiscard /dev/sda; echo "discard $?"

# The same with no scheduler, and with merging turned off.
modprobe scsi_debug dev_size_mb=16 delay=0
dmsetup create lin --table "0 32768 linear /dev/sda 0"
dmsetup create str --table "0 16384 striped 2 8 /dev/sda 0 /dev/sda 16384"
t() { echo "$1"; shift; local a b; a=($(cat /sys/block/sda/stat)); "$@"; b=($(cat /sys/block/sda/stat)); echo "  reads $((b[0]-a[0])) merged $((b[1]-a[1])) sectors $((b[2]-a[2])), writes $((b[4]-a[4])) merged $((b[5]-a[5])) sectors $((b[6]-a[6]))"; }
w() { dd if=/dev/zero of=$1 bs=$2 count=1 conv=notrunc,fsync status=none; }
dw() { dd if=/dev/zero of=$1 bs=$2 count=1 oflag=direct conv=notrunc status=none; }
dr() { dd if=$1 of=/dev/null bs=$2 count=1 iflag=direct status=none; }
exec 3</dev/sda
for what in none nomerges1 nomerges2 back; do
case $what in none) echo none > /sys/block/sda/queue/scheduler ;; nomerges1) echo mq-deadline > /sys/block/sda/queue/scheduler; echo 1 > /sys/block/sda/queue/nomerges ;; nomerges2) echo 2 > /sys/block/sda/queue/nomerges ;; back) echo 0 > /sys/block/sda/queue/nomerges ;; esac
echo "== $what $(cat /sys/block/sda/queue/nomerges)"
t "buffered write of 64k to the disk" w /dev/sda 64k
t "buffered write of 64k to linear" w /dev/mapper/lin 64k
t "direct write of 64k to striped" dw /dev/mapper/str 64k
t "direct read of 64k from striped" dr /dev/mapper/str 64k
done
echo 64 > /sys/block/sda/queue/max_sectors_kb
t "buffered write of 200k to the disk, 64k a request" w /dev/sda 200k
t "direct write of 200k to the disk, 64k a request" dw /dev/sda 200k
dd if=/dev/zero of=/dev/sda bs=4k count=2 seek=10 conv=notrunc status=none
dd if=/dev/zero of=/dev/sda bs=4k count=2 seek=13 conv=notrunc status=none
t "scattered pages" dd if=/dev/zero of=/dev/sda bs=4k count=1 seek=20 conv=notrunc,fsync status=none

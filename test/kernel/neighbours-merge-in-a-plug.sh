# What a disk with a scheduler sees of writes and reads that lie side by side: requests, how many were merged into them, sectors.
modprobe scsi_debug dev_size_mb=16 delay=0
dmsetup create lin --table "0 32768 linear /dev/sda 0"
dmsetup create str --table "0 16384 striped 2 8 /dev/sda 0 /dev/sda 16384"
dmsetup create odd --table "0 32767 linear /dev/sda 0"
t() { echo "$1"; shift; local a; for d in sda dm-0 dm-1 dm-2; do a=($(cat /sys/block/$d/stat)); eval "B_${d/-/_}=\"${a[0]} ${a[1]} ${a[2]} ${a[4]} ${a[5]} ${a[6]}\""; done; "$@"; for d in sda dm-0 dm-1 dm-2; do a=($(cat /sys/block/$d/stat)); n="B_${d/-/_}"; b=(${!n}); echo "  $d: reads $((a[0]-b[0])) merged $((a[1]-b[1])) sectors $((a[2]-b[2])), writes $((a[4]-b[3])) merged $((a[5]-b[4])) sectors $((a[6]-b[5]))"; done; }
w() { dd if=/dev/zero of=$1 bs=$2 count=1 conv=notrunc,fsync status=none; }
dw() { dd if=/dev/zero of=$1 bs=$2 count=1 oflag=direct conv=notrunc status=none; }
dr() { dd if=$1 of=/dev/null bs=$2 count=1 iflag=direct status=none; }
br() { dd if=$1 of=/dev/null bs=$2 count=1 status=none; }
exec 3</dev/sda
t "buffered write of 64k to the disk" w /dev/sda 64k
t "buffered write of 64k to linear" w /dev/mapper/lin 64k
t "buffered write of 64k to striped" w /dev/mapper/str 64k
t "buffered write of 64k to an odd map" w /dev/mapper/odd 64k
t "direct write of 64k to the disk" dw /dev/sda 64k
t "direct write of 64k to striped" dw /dev/mapper/str 64k
t "direct read of 64k from striped" dr /dev/mapper/str 64k

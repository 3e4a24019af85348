#udev
# kpartx on a disk whose reads fail: all of them, or those of an extended partition's table. Each reader of a table says which sector it wanted.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 delay=0
udevadm settle
x() { echo "> $*"; "$@" 2>&1; echo "rc=$?"; }
S=/sys/block/sda/device/state
dmsetup create e --table "0 16384 error"; printf '0 2 linear /dev/sda 0\n2 16382 error\n' | dmsetup create f; printf '0 1 error\n1 16383 linear /dev/sda 1\n' | dmsetup create g; udevadm settle
for m in e f g; do x kpartx -l /dev/mapper/$m; x kpartx -l -t dos /dev/mapper/$m; x kpartx -a -t gpt /dev/mapper/$m; dmsetup remove $m; done; udevadm settle
echo offline > $S; x kpartx -l /dev/sda; x kpartx -a -v /dev/sda; x kpartx -u /dev/sda; echo running > $S
le() { printf '\\x%02x\\x%02x\\x%02x\\x%02x' $(($1 & 255)) $(($1 >> 8 & 255)) $(($1 >> 16 & 255)) 0; }
entry() { printf '\\0\\0\\0\\0\\x%02x\\0\\0\\0' $1; le $2; le $3; }
table() { printf "$2"'\x55\xaa' | dd of=/dev/sda bs=1 seek=$(($1 * 512 + 510 - $3)) conv=notrunc 2>/dev/null; }
table 0 "$(entry 131 2048 1024; entry 5 4660 8000; entry 0 0 0; entry 0 0 0)" 64
table 4660 "$(entry 131 8 512; entry 0 0 0; entry 0 0 0; entry 0 0 0)" 64; udevadm settle
x kpartx -l /dev/sda
echo 2 > /sys/bus/pseudo/drivers/scsi_debug/opts; x kpartx -l /dev/sda; x kpartx -l -t dos /dev/sda; x kpartx -a -v /dev/sda; udevadm settle; dmsetup table; x kpartx -d /dev/sda
echo 0 > /sys/bus/pseudo/drivers/scsi_debug/opts; x kpartx -a -v /dev/sda; udevadm settle
echo offline > $S; x kpartx -l /dev/sda; x kpartx -u /dev/sda; x kpartx -d -v /dev/sda; udevadm settle; dmsetup ls

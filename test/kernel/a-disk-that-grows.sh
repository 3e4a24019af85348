# A disk that grows under a map: rescans, sizes of disk and map, tables that then fit, reads beyond the old end.
modprobe scsi_debug dev_size_mb=8 delay=0; D=/sys/bus/pseudo/drivers/scsi_debug; size() { echo "$1: sda $(cat /sys/block/sda/size) blockdev $(blockdev --getsz /dev/sda) map $(blockdev --getsz /dev/mapper/m 2>&1)"; }
S=$(blockdev --getsz /dev/sda); dmsetup create m --table "0 $S linear 8:0 0"; size start
dmsetup load m --table "0 $((S * 2)) linear 8:0 0"; echo "load $?"; echo 2 > $D/virtual_gb; size "after virtual_gb"; echo 1 > /sys/block/sda/device/rescan; size rescanned
dmsetup load m --table "0 $((S * 2)) linear 8:0 0"; echo "load $?"; size loaded; dmsetup suspend m; size suspended; dmsetup resume m; size resumed; dd if=/dev/mapper/m of=/dev/null bs=512 skip=$((S + 1)) count=1 iflag=direct status=none; echo "read $?"
dmsetup load m --table "0 8 linear 8:0 0"; dmsetup resume m; size shrunk; dd if=/dev/mapper/m of=/dev/null bs=512 skip=8 count=1 status=none; echo "read beyond $?"; dmesg | sed 's/^[^]]*\] //' | grep -E 'sda|dm-0' | tail -n 5

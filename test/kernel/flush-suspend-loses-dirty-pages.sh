# A flush suspend with dirty pages and no path fails with an I/O error and loses them; the second one succeeds.
modprobe scsi_debug dev_size_mb=8 delay=0
dmsetup create m --table "0 16384 multipath 1 queue_if_no_path 0 1 1 round-robin 0 1 1 8:0 1"
printf 'x%.0s' {1..4096} > /tmp/x
exec 3<> /dev/mapper/m
dmsetup message m 0 fail_path 8:0
dd if=/tmp/x of=/dev/mapper/m bs=4096 count=1 conv=notrunc status=none; echo "write rc=$?"
dmsetup suspend m; echo "suspend rc=$?"
dmsetup info m | grep State; dmsetup table m
dmsetup suspend m; echo "suspend rc=$?"
dmsetup info m | grep State; dmsetup table m
dmsetup resume m; dmsetup table m
dmsetup message m 0 reinstate_path 8:0
sync /dev/mapper/m; echo "sync rc=$?"
exec 3>&-
dd if=/dev/sda bs=4096 count=1 iflag=direct status=none | od -An -c -N4
dmesg | grep -o 'device-mapper: multipath: .*'

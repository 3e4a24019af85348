# A multipath table can only be replaced by multipath, except by a table that contains an error target.
modprobe scsi_debug dev_size_mb=8
l() { dmsetup load m --table "$1"; echo "rc=$?"; }
dmsetup create m --table "0 16384 multipath 2 queue_mode bio 0 1 1 round-robin 0 1 1 8:0 1"
l "0 16384 linear 8:0 0"
printf '0 8192 linear 8:0 0\n8192 8192 error\n' | dmsetup load m; echo "rc=$?"
dmsetup resume m; dmsetup table m
l "0 16384 linear 8:0 0"; dmsetup resume m; dmsetup table m
dmsetup remove m
dmsetup create m --table "0 16384 multipath 0 0 1 1 round-robin 0 1 1 8:0 1"
l "0 16384 error"; dmsetup resume m; dmsetup table m
l "0 16384 linear 8:0 0"; l "0 16384 multipath 0 0 1 1 round-robin 0 1 1 8:0 1"; dmsetup resume m; dmsetup table m
dmesg | grep -o 'device-mapper: \(table\|ioctl\).*' | grep -v initialised

# The first successful load fixes bio or request mode for life, even when the table is cleared again.
modprobe scsi_debug dev_size_mb=8
l() { dmsetup load m --table "$1"; echo "rc=$?"; }
dmsetup create m --notable
l "0 100 linear 8:0 0"
dmsetup clear m
l "0 100 multipath 0 0 1 1 round-robin 0 1 1 8:0 1"
l "0 100 multipath 2 queue_mode bio 0 1 1 round-robin 0 1 1 8:0 1"
dmsetup remove m
dmsetup create m --notable
l "0 100 multipath 0 0 0 0"
dmsetup clear m
l "0 100 linear 8:0 0"
l "0 100 multipath 0 0 1 1 round-robin 0 1 1 8:0 1"
dmsetup remove m
dmesg | grep -o 'device-mapper: \(table\|ioctl\).*' | grep -v initialised

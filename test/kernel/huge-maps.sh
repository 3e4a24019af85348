# Maps of sizes near the limits of sectors: 2^53-1, and beyond what Linux makes, as tables, sizes in sysfs, blockdev, lsblk and dmsetup say.
t() { echo "-- $*"; echo "$*" | dmsetup create h; echo "rc=$?"; dmsetup info h >/dev/null 2>&1 || return; dmsetup table h; dmsetup status h; cat /sys/block/dm-0/size; blockdev --getsz --getsize64 /dev/mapper/h; dmsetup remove h 2>/dev/null; }
t 0 9007199254740991 zero
t 0 18014398509481984 zero
t 0 36028797018963967 zero
t 0 36028797018963968 zero
t 0 9223372036854775807 error
t 0 18446744073709551615 error
t 0 18446744073709551616 error
printf '0 4503599627370497 zero\n4503599627370497 4503599627370493 error\n' | dmsetup create h; dmsetup table h; dmsetup info h | grep -v Major; cat /sys/block/dm-0/size; dmsetup remove h
dmesg | sed 's/^\[[^]]*\] //' | grep 'table: '

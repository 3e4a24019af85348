#udev
exec 2>&1
modprobe brd rd_nr=1 rd_size=8192
dmsetup create low --table '0 16384 error'; echo "rc $?"
timeout 20 dmsetup create mp --table '0 16384 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 /dev/mapper/low 1'; echo "rc $?"
dmsetup status mp
dmsetup info -c --noheadings -o name,open,suspended
timeout 5 udevadm settle; echo "settle $?"
dmsetup message mp 0 fail_if_no_path
timeout 20 udevadm settle; echo "settle $?"
dmsetup status mp
dmsetup info -c --noheadings -o name,open,suspended
ls /dev/mapper

# A read-only table makes the disk read-only when it is resumed, not when it is loaded.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create d --table "0 1000 linear 1:0 0"
i() { dmsetup info -c --noheadings -o attr d; blockdev --getro /dev/mapper/d; dmsetup info d | grep State; }
w() { dd if=/dev/zero of=/dev/mapper/d bs=4096 count=1 oflag=direct status=none; echo "write rc=$?"; }
i
dmsetup load -r d --table "0 1000 linear 1:0 0"; i; w
dmsetup info --inactive d | grep -E 'State|Tables'
dmsetup resume d; i; w
dmsetup table d
dmsetup load d --table "0 1000 linear 1:0 0"; i
dmsetup resume d; i; w
dmsetup create -r e --table "0 8 linear 1:0 0"; dmsetup info -c e
blockdev --setro /dev/ram0; dmsetup create f --table "0 8 linear 1:0 0"; echo "rc=$?"

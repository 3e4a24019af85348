# Renaming and setting the uuid raise an event on a device with a table; suspend, resume and reload do not.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create a --table "0 100 linear 1:0 0"
e() { dmsetup info -c --noheadings -o name,uuid,attr,events; }
e
dmsetup suspend a; e
dmsetup load a --table "0 200 linear 1:0 0"; dmsetup resume a; e
dmsetup rename a b; echo "rc=$?"; e; ls /dev/mapper
dmsetup rename --setuuid b UU-1; echo "rc=$?"; e
cat /sys/block/dm-0/dm/name /sys/block/dm-0/dm/uuid
dmsetup create c --notable
dmsetup rename c d; e
dmsetup rename b d; echo "rc=$?"
dmsetup rename nope x; echo "rc=$?"
dmsetup rename b b; echo "rc=$?"
dmsetup rename --setuuid b UU-2; echo "rc=$?"
dmsetup rename b x/y; echo "rc=$?"
dmsetup info -u UU-1 -c --noheadings -o name
dmesg | grep -o 'device-mapper: ioctl: .*' | grep -v initialised

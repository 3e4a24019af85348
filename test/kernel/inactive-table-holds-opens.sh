# A merely loaded table already holds its devices open, so two devices can keep each other from being removed.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create a --table "0 100 linear 1:0 0"
dmsetup create b --table "0 100 linear 1:0 0"
o() { dmsetup info -c --noheadings -o name,attr,open; }
o
dmsetup load b --table "0 100 linear 254:0 0"; o
dmsetup remove a; echo "rc=$?"
dmsetup load a --table "0 50 linear 254:1 0"; o
dmsetup remove a; dmsetup remove b; dmsetup remove_all; o
dmsetup clear a; o
dmsetup remove b; echo "rc=$?"; dmsetup remove a; echo "rc=$?"
dmsetup ls
dmesg | grep -o 'device-mapper: ioctl: .*' | grep -v initialised

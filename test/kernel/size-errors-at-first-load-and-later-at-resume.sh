# A table too large for its device is refused at the first load, but later ones only at resume, which drops them.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create d --table "0 8193 linear 1:0 0"; echo "create rc=$?"
dmsetup create d --table "0 1000 linear 1:0 0"; echo "create rc=$?"
dmsetup load d --table "0 8193 linear 1:0 0"; echo "load rc=$?"
dmsetup table --inactive d
dmsetup resume d; echo "resume rc=$?"
dmsetup info d | grep -E 'State|Tables'
dmsetup resume d; echo "resume rc=$?"
dmsetup info d | grep -E 'State|Tables'
dmsetup table d
dmesg | grep -o 'device-mapper: \(table\|core\|ioctl\).*' | grep -v 'initialised\|IMA'

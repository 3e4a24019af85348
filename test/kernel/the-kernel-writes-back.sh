# Dirty pages are written back without being asked: after 5 s where a disk has hardly been written to, else when they are 30 s old.
modprobe brd rd_nr=1 rd_size=16384
dmsetup create a --table "0 32768 linear 1:0 0"
w() { dd if=/dev/zero of=/dev/mapper/a bs=4k seek=$1 count=$2 conv=notrunc status=none; }
s() { sleep $1; echo "$2: $(awk '/^Dirty/{print $2}' /proc/meminfo) kB dirty, $(awk '{print $5, $7}' /sys/block/dm-0/stat) written"; }
exec 3<> /dev/mapper/a
echo "-- a few pages of a new disk"; w 0 2; s 2 "2 s"; s 6 "8 s"; w 0 2; s 2 "2 s"; s 6 "8 s"
echo "-- more"; w 0 50; s 2 "2 s"; w 100 50; s 6 "8 s"
echo "-- now it has a share"; w 0 50; s 8 "8 s"; w 100 20; s 16 "24 s"; s 12 "36 s"
echo "-- settings"; cat /proc/sys/vm/dirty_writeback_centisecs /proc/sys/vm/dirty_expire_centisecs
echo 100 > /proc/sys/vm/dirty_writeback_centisecs; echo 300 > /proc/sys/vm/dirty_expire_centisecs; w 0 20; s 1.5 "1.5 s"; s 4 "5.5 s"
echo 0 > /proc/sys/vm/dirty_writeback_centisecs; w 0 20; s 20 "20 s"; sync; s 2 sync
echo 500 > /proc/sys/vm/dirty_writeback_centisecs; echo 3000 > /proc/sys/vm/dirty_expire_centisecs
echo "-- what can't be written"; dmsetup reload a --table "0 32768 error"; dmsetup suspend a; dmsetup resume a
w 0 2; s 8 "8 s"; s 30 "38 s"; dmesg | sed 's/^[^]]*\] //' | grep -c "lost async page write"; sync /dev/mapper/a; echo "fsync: $?"; sync /dev/mapper/a; echo "fsync: $?"

# A ram disk is made when someone asks for its number (brd_probe): a table is enough.
modprobe brd rd_nr=2 rd_size=4096
ls /dev/ram*
dmsetup create high --table "0 100 linear 1:9 0"
dmsetup table high
dmsetup deps -o devname high
ls /dev/ram*
cat /proc/partitions
cat /sys/block/ram9/size
blockdev --getsz /dev/ram9
printf 'written through the map' | dd of=/dev/mapper/high bs=512 count=1 conv=sync oflag=direct status=none
dd if=/dev/ram9 bs=512 count=1 iflag=direct status=none | head -c 23; echo
echo "-- it stays when the map has gone"
dmsetup remove high
ls /dev/ram*
cat /sys/block/ram9/stat | awk '{print $5, $7}'
echo "-- and a table that fails for another reason has made it, too"
dmsetup create twice --table "0 100 linear 1:12 9999"; echo "status $?"
ls /dev/ram*
echo "-- no other driver makes disks like that"
modprobe null_blk nr_devices=1 gb=1
M=$(cut -d: -f1 /sys/block/nullb0/dev)
dmsetup create none --table "0 100 linear $M:5 0"; echo "status $?"

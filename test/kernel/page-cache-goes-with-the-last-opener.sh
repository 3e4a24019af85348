# The pages of a disk stay in memory until the last one that has it open lets go, and a map is one that has it open.
modprobe brd rd_nr=2 rd_size=4096
read0() { echo "disk: $(dd if=/dev/ram0 bs=512 count=1 status=none | tr -d '\0')"; }
direct() { echo "medium: $(dd if=/dev/mapper/a bs=512 count=1 iflag=direct status=none | tr -d '\0')"; }
through() { printf "$1" | dd of=/dev/mapper/a bs=512 count=1 conv=sync,notrunc oflag=direct status=none; }
map() { dmsetup create a --table "0 8192 linear 1:$1 0"; }
map 0
read0
through one
read0; direct
echo "-- the map is the only one left, and goes"
dmsetup remove a
read0
echo "-- without a map the reader is the last one each time"
map 0; through two; dmsetup remove a
read0
map 0; through three; dmsetup remove a
read0
echo "-- a reader of its own keeps the pages, too"
map 0
exec 5</dev/ram0
read0
dmsetup remove a
read0
map 0; through four; dmsetup remove a
read0
exec 5<&-
read0
echo "-- a table that no longer uses the disk lets go of it"
map 0
read0
through five
dmsetup suspend a; dmsetup load a --table "0 8192 linear 1:1 0"; dmsetup resume a
read0
dmsetup remove a
echo "-- what was written and not synced waits until then"
map 0
printf six | dd of=/dev/ram0 bs=512 count=1 conv=sync,notrunc status=none
read0; direct
blockdev --flushbufs /dev/ram0
direct
printf seven | dd of=/dev/ram0 bs=512 count=1 conv=sync,notrunc status=none
direct
dmsetup remove a
map 0
direct
echo "-- a disk that was made for a table was read for partitions while that had it open"
dmsetup remove a
map 9
through eight
echo "disk: $(dd if=/dev/ram9 bs=512 count=1 status=none | tr -d '\0')"
for i in 7 8 24 16 64; do
  printf "S$i" | dd of=/dev/mapper/a bs=512 seek=$i count=1 conv=sync,notrunc oflag=direct status=none
  echo "$i: $(dd if=/dev/ram9 bs=512 skip=$i count=1 status=none | tr -d '\0')"
done
dmsetup remove a
echo "disk: $(dd if=/dev/ram9 bs=512 count=1 status=none | tr -d '\0')"

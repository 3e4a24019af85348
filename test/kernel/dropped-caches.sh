# Which pages go when the caches are dropped: clean ones, of every disk; dirty ones stay and are not lost.
modprobe brd rd_nr=2 rd_size=4096
dmsetup create m --table "0 8192 linear /dev/ram0 0"
exec 7< /dev/mapper/m 8<> /dev/ram1
r() { read -r a _ < /sys/block/$1/stat; echo "$1: $a reads"; }
dd if=/dev/mapper/m of=/dev/null bs=4k count=1 status=none; dd if=/dev/mapper/m of=/dev/null bs=4k count=1 status=none; r dm-0
echo 1 > /proc/sys/vm/drop_caches; dd if=/dev/mapper/m of=/dev/null bs=4k count=1 status=none; r dm-0
echo 2 > /proc/sys/vm/drop_caches; dd if=/dev/mapper/m of=/dev/null bs=4k count=1 status=none; r dm-0
echo 3 > /proc/sys/vm/drop_caches; dd if=/dev/mapper/m of=/dev/null bs=4k count=1 status=none; r dm-0
printf ABCD | dd of=/dev/ram1 conv=notrunc status=none; echo 3 > /proc/sys/vm/drop_caches
dd if=/dev/ram1 bs=4 count=1 status=none; echo; sync; echo 3 > /proc/sys/vm/drop_caches; dd if=/dev/ram1 bs=4 count=1 status=none; echo
for v in 0 4 5 -1 "" abc "1 2"; do echo "$v" > /proc/sys/vm/drop_caches; echo "[$v] $?"; done

# remove_all removes what is not open, in rounds, and remembers what it left in the log; wipe_table and mknodes.
modprobe brd rd_nr=1 rd_size=4096
for n in c b a; do dmsetup create $n --table "0 1000 linear 1:0 0"; done
dmsetup create top --table "0 8 linear 254:0 0"
exec 3< /dev/mapper/b
dmsetup remove_all; echo "rc=$?"; dmsetup ls
dmsetup wipe_table b; echo "rc=$?"; dmsetup table b; dmsetup status b
exec 3<&-
rm /dev/mapper/b; dmsetup ls; ls /dev/mapper; dmsetup mknodes; ls /dev/mapper
dmsetup remove_all --force; echo "rc=$?"; dmsetup ls
dmsetup remove_all; echo "rc=$?"
dmesg | grep -o 'device-mapper: ioctl:.*' | grep -v initialised

# Partition tables that do not fit their disk, spoilt GPTs, numbers of loop devices and of ram disks, numbers at the ends of their ranges in sysfs.
truncate -s 64M /tmp/a; truncate -s 64M /tmp/b
printf 'label: dos\nstart=2048,size=20480,type=83\nstart=22528,size=100000,type=83\n' | sfdisk -q /tmp/a
printf 'label: gpt\nstart=2048,size=20480\nstart=22528,size=100000\n' | sfdisk -q /tmp/b
modprobe loop
show() {
  dmesg -c > /dev/null
  local l; l=$(losetup -fP --show $1); sleep 1; grep loop0 /proc/partitions; dmesg -c | sed 's/^\[[^]]*\] //'
  losetup -d $l; sleep 1
}
echo "-- dos"; show /tmp/a
echo "-- dos, cut within the second"; truncate -s 32M /tmp/a; show /tmp/a
echo "-- dos, cut within the first"; truncate -s 8M /tmp/a; show /tmp/a
echo "-- gpt"; show /tmp/b
echo "-- gpt, grown"; cp /tmp/b /tmp/d; truncate -s 80M /tmp/d; show /tmp/d
echo "-- gpt, its copy gone"; dd if=/dev/zero of=/tmp/b bs=512 seek=131071 count=1 conv=notrunc status=none; show /tmp/b
echo "-- gpt, of a longer disk"; truncate -s 63M /tmp/b; show /tmp/b
echo "-- gpt, a partition too long"; truncate -s 32M /tmp/b; show /tmp/b
echo "-- gpt, of a shorter disk"; truncate -s 80M /tmp/b; show /tmp/b
echo "-- gpt, an entry spoilt"; printf X | dd of=/tmp/b bs=1 seek=1056 conv=notrunc status=none; show /tmp/b
truncate -s 1M /tmp/c
echo "-- loop devices"; losetup /dev/loop9 /tmp/c; echo "rc=$?"
for i in 1 2 3 4 5 6 7 8 9 10 11; do losetup -f --show /tmp/c; done
losetup -d /dev/loop8; losetup -d /dev/loop9; losetup -f
losetup -d /dev/loop3; losetup -f
losetup -l -n -O NAME
echo "-- ram disks"; modprobe brd max_part=4 rd_nr=1 rd_size=1024
printf HELLO | dd of=/dev/ram0 conv=notrunc status=none; sync
dmsetup create x --table '0 8 linear 1:1 0'; echo "rc=$?"; dmsetup remove x; head -c 5 /dev/ram0; echo
dmsetup create x --table '0 8 linear 1:8 0'; dmsetup remove x; dmsetup create x --table '0 8 linear 1:13 0'; dmsetup remove x; grep ram /proc/partitions
rmmod brd; dmesg -c > /dev/null; modprobe brd max_part=1000 rd_nr=1; dmesg | sed 's/^\[[^]]*\] //'; cat /sys/module/brd/parameters/max_part
modprobe scsi_debug dev_size_mb=8 lbpu=1
q=/sys/block/sda/queue; d=/sys/block/sda/device; c=/sys/class/scsi_disk/0:0:0:0
for n in 4294967295 4294967296 4294967300 99999999999999999999 -1 010 0x10 ' 8' +8; do
  echo "-- $n"
  for f in $q/read_ahead_kb $q/nomerges $q/rq_affinity $q/iostats $q/rotational $q/nr_requests $q/wbt_lat_usec $q/discard_max_bytes $q/max_sectors_kb $q/io_timeout \
    $q/iosched/read_expire $q/iosched/fifo_batch $d/queue_depth $d/eh_timeout $d/queue_ramp_up_period $c/max_retries $c/max_medium_access_timeouts $c/max_write_same_blocks /sys/class/scsi_host/host0/eh_deadline; do
    echo "$n" > $f && echo "${f##*/} $(cat $f)"
  done 2>&1 | sed 's/.*: write error/write error/'
done

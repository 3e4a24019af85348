# Zeroing a striped map goes to it chunk by chunk, discarding does not; what a disk without WRITE SAME does; a table of zeroes in place of disks.
modprobe scsi_debug dev_size_mb=64 lbpu=1 lbpws=1 lbprz=1 delay=0
st() { for d in sda dm-0 dm-1 dm-2; do [ -e /sys/block/$d ] && echo "$d $(awk '{print $5,$7,$12,$14}' /sys/block/$d/stat)"; done; }
blkdiscard -z -l 64M /dev/sda; st
dmsetup create lin --table "0 65536 linear 8:0 0"; blkdiscard -z -l 16M /dev/mapper/lin; st
dmsetup create str --table "0 65536 striped 2 128 8:0 0 8:0 65536"; blkdiscard -z -l 16M /dev/mapper/str; st
blkdiscard -f -o 1M -l 1M /dev/mapper/str 2>/dev/null; st
dmsetup create st1 --table "0 65536 striped 1 128 8:0 0"; blkdiscard -z -o 32K -l 128K /dev/mapper/st1; st
lim() { for q in discard_granularity discard_max_bytes discard_max_hw_bytes write_zeroes_max_bytes; do printf ' %s' "$(cat /sys/block/$1/queue/$q)"; done; echo; }
lim dm-1; dmsetup suspend str; dmsetup load str --table "0 65536 zero"; dmsetup resume str; lim dm-1; blkdiscard -f /dev/mapper/str 2>/dev/null; echo "rc $?"; st
dmsetup suspend str; dmsetup load str --table "0 65536 error"; dmsetup resume str; lim dm-1; dmsetup suspend st1; dmsetup load st1 --table "0 65536 error"; dmsetup resume st1; lim dm-2
dmsetup remove_all; cd /sys/block/sda/device/scsi_disk/*; for n in 0 100 100000 x 8388608 0; do echo $n > max_write_same_blocks; echo "$n: $? $(cat max_write_same_blocks) $(cat /sys/block/sda/queue/write_zeroes_max_bytes)"; done 2>&1
blkdiscard -z -l 4M /dev/sda; st; dmsetup create lin --table "0 65536 linear 8:0 0"; lim dm-0; blkdiscard -z -l 4M /dev/mapper/lin; st

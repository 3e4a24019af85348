# The disk appears with the first table load and gets its size at the first resume.
modprobe brd rd_nr=1 rd_size=4096
look() { if [ -e /sys/block/dm-0 ]; then echo "disk of $(cat /sys/block/dm-0/size) sectors, open $(dmsetup info -c --noheadings -o open d)"; else echo "no disk"; fi; }
dmsetup create d --notable; look
dmsetup load d --table "0 1000 linear 1:0 0"; look
dmsetup info d | grep -E 'State|Tables|targets'
grep -c 'dm-0$' /proc/partitions
dmsetup resume d; look
dmsetup info d | grep -E 'State|Tables|targets'
awk '$4 == "dm-0" { print $1, $3, $4 }' /proc/partitions
cat /sys/block/dm-0/dm/name /sys/block/dm-0/dm/suspended /sys/block/dm-0/ro /sys/block/dm-0/dev
dmsetup remove d; look

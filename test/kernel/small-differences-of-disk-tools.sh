# dd that meets an error within a block, and dd on a descriptor; the settings of mq-deadline; lsblk and an empty loop device; sfdisk on a disk in use.
modprobe scsi_debug vpd_use_hostno=0 dev_size_mb=8 delay=0 opts=2 medium_error_start=100 medium_error_count=10
f() { sed -E 's/, [0-9.e-]+ s, .*/, T/'; }
for c in noerror noerror,sync; do dd if=/dev/sda of=/tmp/o bs=64k count=1 iflag=fullblock conv=$c 2>&1 | f; stat -c %s /tmp/o; rm /tmp/o; done
dmsetup create m --table "0 4096 linear 8:0 8192"; exec 5<>/dev/mapper/m
dd if=/dev/zero bs=4k seek=250 count=12 status=none >&5; echo "from the start $?"; dd if=/dev/zero bs=4k seek=100 count=1 status=none >&5; echo "from there $?"
dd if=/dev/zero bs=4k seek=256 count=1 status=none >&5; echo "past the end $?"; dd if=/dev/zero bs=4k count=1 status=none >&5; echo "now at the end $?"; exec 5>&-
exec 5</dev/mapper/m; dd bs=4k skip=500 count=1 of=/dev/null <&5 2>&1 | f; dd bs=4k skip=500 count=1 of=/dev/null <&5 2>&1 | f; exec 5<&-; seq 10 > /tmp/s; dd if=/tmp/s skip=9 of=/dev/null 2>&1 | f
d=/sys/block/sda/queue/iosched; for f in $(ls $d); do [ $f = front_merges ] || for v in 77 -5 x 1; do echo $v > $d/$f; echo "$f <- $v $? $(cat $d/$f)"; done; done
echo none > /sys/block/sda/queue/scheduler; ls $d; echo mq-deadline > /sys/block/sda/queue/scheduler; cat $d/read_expire $d/fifo_batch
truncate -s 1M /tmp/i; losetup /dev/loop0 /tmp/i; lsblk -n -o NAME,SIZE /dev/loop0; losetup -d /dev/loop0; lsblk -n -o NAME,SIZE /dev/loop0; echo "empty $?"; lsblk -n -o NAME,SIZE /dev/loop0 /dev/sda; echo "one of two $?"; lsblk /tmp/i; echo "a file $?"
printf 'label: dos\nlabel-id: 0x12\n2048,2048\n6144,1000,82,*\n' | sfdisk -q /dev/sda; sfdisk -d /dev/sda; sfdisk -l -o Device,Size,Type,Attrs /dev/sda; sfdisk -q -l -o +Attrs /dev/sda; sfdisk -F /dev/sda; sfdisk -F -q --bytes /dev/sda; sfdisk -l -o Device,Nosuch /dev/sda 2>&1; echo $?; sfdisk -F /dev/nosuch /tmp/i 2>&1; echo $?
truncate -s 3100K /tmp/j; printf 'label: gpt\nlabel-id: 11111111-2222-3333-4444-555555555555\nsize=1000, uuid=11111111-2222-3333-4444-000000000001, name="data x"\n' | sfdisk -q /tmp/j; sfdisk -l -o Device,Sectors,Name,UUID,Type-UUID /tmp/j; sfdisk -F /tmp/j

# sfdisk writes tables of both kinds, the kernel reads them; blkid, wipefs and lsblk find them.
modprobe scsi_debug dev_size_mb=64 delay=0; modprobe brd rd_nr=1 rd_size=65536 max_part=4; cat /sys/module/brd/parameters/max_part /sys/block/ram0/range
printf 'label: dos\nlabel-id: 0x12345678\nstart=2048, size=20480, type=83\nsize=20480, type=5\nsize=8192,type=82\nsize=+\n' | sfdisk /dev/sda; echo rc=$?
sfdisk -d /dev/sda; sfdisk -l /dev/sda; cat /proc/partitions; lsblk -o NAME,TYPE,SIZE,PARTTYPE,PARTUUID,PARTLABEL,PTTYPE /dev/sda; lsblk -o PARTN /dev/sda; dmesg | grep -oE ' sda: .*'; blkid /dev/sda /dev/sda1 /dev/sda4; wipefs /dev/sda
printf 'label: gpt\nlabel-id: 11111111-2222-3333-4444-555555555555\nsize=8M, name=boot, uuid=AAAAAAAA-1111-2222-3333-444444444444\nsize=8M, uuid=AAAAAAAA-1111-2222-3333-444444444445\n' | sfdisk /dev/sda; echo rc=$?
sfdisk -d /dev/sda; sfdisk -l /dev/sda; sfdisk -J /dev/sda; cat /proc/partitions; dmesg | grep -oE ' sda: .*'; blkid /dev/sda; blkid /dev/sda1; wipefs /dev/sda; wipefs -a /dev/sda; echo rc=$?; cat /proc/partitions
echo ',,L' | sfdisk -q /dev/sda; echo rc=$?; lsblk -n /dev/sda; sfdisk -d /dev/sda | sed 's/id: .*/id: X/'
dmsetup create h --table "0 100 linear /dev/sda1 0"; echo ',10M' | sfdisk /dev/sda; echo rc=$?; echo ',10M' | sfdisk --no-reread --force -q /dev/sda; echo rc=$?; dmsetup remove h
sfdisk -s /dev/sda; sfdisk --delete /dev/sda; echo rc=$?; cat /proc/partitions; echo ',5M' | sfdisk -q -N 1 /dev/sda; echo ',5M' | sfdisk -q -a /dev/sda; lsblk -n /dev/sda; sfdisk --part-type /dev/sda 1 82; sfdisk --part-type /dev/sda 1; sfdisk -A /dev/sda 2; sfdisk -d /dev/sda | tail -n 2
echo ',8M' | sfdisk -q /dev/ram0; echo rc=$?; lsblk -n /dev/ram0; kpartx -l /dev/ram0; ls /dev/ram0*; sfdisk -l /dev/nosuch; echo rc=$?; sfdisk; echo rc=$?
truncate -s 20M /tmp/img; printf 'label-id: 0x1\n,8M\n,4M,S,*\n' | sfdisk -q /tmp/img; sfdisk -d /tmp/img; L=$(losetup -f --show -P /tmp/img); lsblk -n -o NAME,SIZE,TYPE,MAJ:MIN $L; cat /sys/block/loop0/loop0p2/{start,size,partition}; losetup -d $L; ls /dev/loop0*

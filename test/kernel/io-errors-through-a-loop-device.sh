# A loop device over a file on an ext4 over a multipath map: errors below as its writers and readers see them, its settings, detaching.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=16 per_host_store=0 vpd_use_hostno=0 delay=0
modprobe loop max_loop=2
dmsetup create m --table "0 32768 multipath 0 0 1 1 round-robin 0 1 1 8:0 1"
losetup /dev/loop0 /dev/mapper/m; losetup -a | cut -d: -f1; losetup -n -O NAME,SIZELIMIT,OFFSET,RO,DIO,BACK-FILE; dmsetup info -c --noheadings -o name,open
dmsetup create l --table "0 16384 linear /dev/loop0 0"; dmsetup ls --tree
dd if=/dev/zero of=/dev/mapper/l bs=4k count=4 oflag=direct status=none; echo "rc=$?"
dmsetup message m 0 fail_path 8:0
dd if=/dev/zero of=/dev/mapper/l bs=4k count=4 seek=4 oflag=direct status=none; echo "rc=$?"
dd if=/dev/mapper/l of=/dev/null bs=4k count=1 skip=100 iflag=direct status=none; echo "rc=$?"
dd if=/dev/zero of=/dev/loop0 bs=4k count=4 conv=fsync status=none; echo "rc=$?"
dmsetup message m 0 reinstate_path 8:0
dd if=/dev/mapper/l of=/dev/null bs=4k count=1 skip=100 iflag=direct status=none; echo "rc=$?"
dd if=/dev/zero of=/dev/mapper/l bs=4k count=4 seek=4 oflag=direct conv=fsync status=none; echo "rc=$?"
losetup -d /dev/loop0; losetup -a | cut -d: -f1; dmsetup remove l; losetup -a | cut -d: -f1; dmsetup info -c --noheadings -o name,open
dmesg | sed 's,^[^]]*] ,,' | grep 'loop0\|multipath: 2\|dm-'

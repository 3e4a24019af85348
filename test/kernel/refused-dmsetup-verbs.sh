modprobe brd rd_nr=1 rd_size=4096
dmsetup version; echo "rc=$?"
dmsetup create a --addnodeoncreate --table "0 1024 linear 1:0 0"; echo "rc=$?"
dmsetup info -v a | grep -v 'Read Ahead'; dmsetup table -v a | grep -v 'Read Ahead'; dmsetup status -v a | grep -v 'Read Ahead'
dmsetup target-version linear; echo "rc=$?"
dmsetup setgeometry a 10 16 32 0; echo "rc=$?"
dmsetup mknodes; echo "rc=$?"; dmsetup mknodes nope; echo "rc=$?"
dmsetup ls --exec "stat -c %n" ; echo "rc=$?"
dmsetup measure a; echo "rc=$?"
dmsetup udevcookies; echo "rc=$?"
dmsetup create b --verifyudev --readahead 128 --table "0 1024 linear 1:0 0"; dmsetup info -c -o name,read_ahead b; echo "rc=$?"
dmsetup create c --uuid X --major 254 --minor 9 --mode 0600 --uid 0 --gid 0 --table "0 8 zero"; ls -l /dev/mapper/c | cut -c1-10
dmsetup remove --noudevsync c; echo "rc=$?"; dmsetup frob; echo "rc=$?"

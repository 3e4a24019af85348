# create with --notable and --readonly, concise tables, and info of several devices at once.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create --concise "a,,,ro,0 8 linear 1:0 0;b,UU-b,,rw,0 8 zero,8 8 error"; echo "rc=$?"
dmsetup table; dmsetup info -c
dmsetup table --concise; dmsetup table --concise b
dmsetup info a b | grep -v 'Read Ahead'
dmsetup table a b; dmsetup status a b; dmsetup suspend a b; dmsetup info -c --noheadings -o name,attr; dmsetup resume a; dmsetup remove a b; echo "rc=$?"; dmsetup ls
dmsetup create c --table "0 8 linear 1:0 0" --readahead none; blockdev --getra /dev/mapper/c; dmsetup create d --table "0 8 zero" --addnodeoncreate; ls /dev/mapper
dmsetup create s --table "0 8 zero" -v | grep -v 'Read Ahead'

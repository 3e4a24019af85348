# load, reload, clear and the --inactive views of a device.
modprobe brd rd_nr=1 rd_size=4096
i() { dmsetup info -c --noheadings -o attr,segments d; dmsetup info --inactive -c --noheadings -o attr,segments d; dmsetup table d; dmsetup table --inactive d; }
dmsetup create d --table "0 8 linear 1:0 0"; i
dmsetup load d --table "0 16 linear 1:0 8"; i
printf '0 8 zero\n8 8 error\n' | dmsetup reload d; i
dmsetup status --inactive d; dmsetup deps --inactive d
dmsetup clear d; echo "rc=$?"; i
dmsetup clear d; echo "rc=$?"
dmsetup clear nope; echo "rc=$?"; dmsetup load nope --table "0 8 zero"; echo "rc=$?"; dmsetup table nope; echo "rc=$?"; dmsetup status nope; echo "rc=$?"
dmsetup load d --table "0 8 bad"; echo "rc=$?"; dmsetup info -c --noheadings -o attr d

# The up interval of flakey counts from the load, not from the resume.
modprobe brd rd_nr=1 rd_size=4096
r() { dd if=/dev/mapper/f of=/dev/null bs=4096 count=1 iflag=direct status=none 2>/dev/null; echo "read rc=$?"; }
dmsetup create f --table "0 64 flakey 1:0 0 4 1000"
r; sleep 5; r
dmsetup load f --table "0 64 flakey 1:0 0 4 1000"; sleep 5; dmsetup resume f; r
dmsetup load f --table "0 64 flakey 1:0 0 4 1000"; dmsetup resume f; r
dmsetup suspend f; sleep 5; dmsetup resume f; r

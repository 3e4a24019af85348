# dmsetup measure of each target, setgeometry, --exec, --units.
modprobe scsi_debug dev_size_mb=8 delay=0 add_host=2 num_tgts=1 max_luns=1 per_host_store=0 vpd_use_hostno=0; modprobe brd rd_nr=2 rd_size=8192; lg() { dmesg | tail -$1 | sed 's/^[^]]*\] //'; }
dmsetup create s --table '0 16384 striped 2 64 1:0 0 1:1 8'; dmsetup create d --table '0 8 delay 1:0 3 5'; dmsetup create d2 --table '0 8 delay 1:0 3 5 1:1 0 7'; dmsetup create f --table '0 8 flakey 1:0 0 1 0'; dmsetup create e --table '0 8 error'; dmsetup create li --table '0 8 linear 1:0 5'; dmsetup create two --table $'0 8 linear 1:0 5\n8 8 linear 1:1 7'; dmsetup create mp --table '0 16384 multipath 3 queue_if_no_path queue_mode bio 0 2 1 round-robin 0 1 1 8:0 1 service-time 0 1 2 8:16 1 4'; dmsetup create mq --table '0 16384 multipath 0 1 alua 1 1 queue-length 0 2 1 8:0 1 8:16 1'; dmsetup create "o d" --table '0 8 error'; dmsetup create n -n
echo "-- 1"; dmsetup measure s; dmsetup measure d; dmsetup measure d2; dmsetup measure f; dmsetup measure e; dmsetup measure li; dmsetup measure two; dmsetup measure n
echo "-- 2"; dmsetup measure mp; dmsetup measure mq
echo "-- 3"; dmsetup message mp 0 fail_path 8:0; dmsetup measure mp; dmsetup message mp 0 disable_group 2; dmsetup measure mp; dmsetup message mp 0 reinstate_path 8:0; dd if=/dev/mapper/mp of=/dev/null count=1 iflag=direct status=none; dmsetup measure mp; dmsetup message mp 0 enable_group 2
echo "-- 5"; dmsetup create m3 --table '0 16384 multipath 1 queue_if_no_path 0 0 0'; dmsetup measure m3; dmsetup remove m3
echo "-- 6"; dmsetup setgeometry li 65536 2 3 4; lg 1
echo "-- 7"; dmsetup setgeometry li x 2 3 4; lg 1
echo "-- 8"; dmsetup setgeometry li 1 256 3 4; lg 1
echo "-- 9"; dmsetup setgeometry li 1 2 256 4; lg 1
echo "-- 10"; dmsetup setgeometry li '1 2' 2 25 4; echo $?; lg 1
echo "-- 11"; dmsetup setgeometry li 0x10 2 25 4; echo $?; lg 1
echo "-- 12"; dmsetup setgeometry li 010 2 25 4; echo $?; lg 1
echo "-- 13"; dmsetup setgeometry li 1.5 2 25 4; echo $?; lg 1
echo "-- 14"; dmsetup setgeometry li 1 2 3 4x; echo $?; lg 1
echo "-- 15"; dmsetup setgeometry li '' 2 3 4; echo $?; lg 1
echo "-- 16"; dmsetup setgeometry li 1 2 3 6; echo $?; lg 1
echo "-- 17"; dmsetup setgeometry li 1 2 3 7; echo $?; lg 1
echo "-- 18"; dmsetup setgeometry li -- -1 2 3 7; echo $?; lg 1
echo "-- 19"; dmsetup setgeometry li 99999999999999999999 2 3 7; echo $?; lg 1
echo "-- 20"; dmsetup setgeometry n 1 2 3 4; echo $?; lg 1
echo "-- 21"; dmsetup suspend e; dmsetup setgeometry e 1 2 3 4; echo $?; lg 1; dmsetup resume e
echo "-- 22"; dmsetup ls --exec 'stat -c %n:%F'; echo $?
echo "-- 23"; dmsetup ls --target error --exec 'stat -c %n'; echo $?
echo "-- 24"; dmsetup ls --target error --exec 'basename'; echo $?
echo "-- 25"; dmsetup ls --target error --exec 'cat -n /etc/nosuch'; echo $?
echo "-- 26"; dmsetup ls --target error --exec '/usr/bin/stat -c "%n %F"'; echo $?
echo "-- 27"; dmsetup ls --target error --exec "stat -c '%n %F'"; echo $?
echo "-- 28"; dmsetup ls --target error --exec "stat  -c   %n  "; echo $?
echo "-- 29"; dmsetup ls --target error --exec 'stat -c %n $HOME'; echo $?
echo "-- 30"; dmsetup ls --target error --exec 'nosuchprogram'; echo $?
echo "-- 31"; dmsetup ls --target error --exec '/etc/passwd'; echo $?
echo "-- 32"; dmsetup ls --target nosuch --exec 'stat -c %n'; echo $?
echo "-- 33"; dmsetup status e --exec 'stat -c %n'; echo $?
echo "-- 34"; dmsetup status --exec 'stat -c %n'; echo $?
echo "-- 35"; dmsetup status --target error --exec 'stat -c %n'; echo $?
echo "-- 36"; dmsetup table --exec 'stat -c %n'; echo $?
echo "-- 37"; dmsetup table e --target error --exec 'stat -c %n'; echo $?
echo "-- 38"; dmsetup info e --exec 'stat -c %n' | grep -c .; echo $?
echo "-- 39"; dmsetup deps li --exec 'stat -c %n'; echo $?
echo "-- 40"; dmsetup measure li --exec 'stat -c %n'; echo $?
echo "-- 41"; dmsetup info -c -o name e --exec 'stat -c %n'; echo $?
echo "-- 42"; dmsetup ls --tree --exec 'stat -c %n' | head -3; echo $?
echo "-- 43"; dmsetup ls --target error --exec ' '; echo $?
echo "-- 44"; dmsetup ls --exec ''; echo $?
echo "-- 45"; dmsetup ls --exec 'stat -c %n' -v | head -3; echo $?
echo "-- 46"; dmsetup ls --units h; dmsetup ls --units foo; echo $?

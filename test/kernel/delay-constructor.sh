# The three forms of delay, their table and status lines and wrong arguments.
modprobe brd rd_nr=2 rd_size=4096
t() { dmsetup create t --table "0 64 delay $1" 2>/dev/null; echo "rc=$? $1"; dmsetup table t 2>/dev/null && { dmsetup status t; dmsetup deps t; }; dmsetup remove t 2>/dev/null; }
t ""; t "1:0 0"; t "1:0 0 100"; t "1:0 0 100 1:1"; t "1:0 0 100 1:1 8 200"; t "1:0 0 1 1:1 8 2 1:0 16 3"; t "1:0 0 1 1:1 8 2 1:0 16 3 x"
t "1:0 x 1"; t "1:0 0 x"; t "1:0 0 -1"; t "9:9 0 1"; t "1:0 0 1 1:1 x 2"; t "1:0 0 1 1:1 0 x"; t "1:0 0 4294967296"; t "1:0 8129 1"
dmesg | grep -o 'device-mapper: \(table\):.*'

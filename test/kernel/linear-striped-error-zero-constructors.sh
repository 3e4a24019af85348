# Wrong arguments of linear, striped, error and zero.
modprobe brd rd_nr=2 rd_size=4096
t() { dmsetup create t --table "0 64 $1" 2>/dev/null; echo "rc=$? $1"; dmsetup table t 2>/dev/null; dmsetup remove t 2>/dev/null; }
t "linear"; t "linear 1:0"; t "linear 1:0 x"; t "linear 1:0 0 0"; t "linear 1:0 -1"; t "linear 9:9 0"; t "linear 1:0 8192"; t "linear 1:0 8128"
t "striped"; t "striped 2"; t "striped 0 8 1:0 0"; t "striped x 8 1:0 0"; t "striped 1 0 1:0 0"; t "striped 1 x 1:0 0"
t "striped 3 8 1:0 0 1:1 0 1:0 64"; t "striped 2 7 1:0 0 1:1 0"; t "striped 2 8 1:0 0"; t "striped 2 8 1:0 0 1:1"; t "striped 2 8 1:0 0 1:1 x"; t "striped 1 8 1:0 0 x"
t "striped 2 8 1:0 0 1:0 32"; t "striped 2 8 1:0 8160 1:1 8161"; t "striped 1 64 1:0 0"; t "striped 2 12 1:0 0 1:1 0"
t "error"; t "error x"; t "error 1:0 x"; t "error 9:9 0"; t "error a b c"; t "error 1:0 8"
t "zero"; t "zero 1"
dmesg | grep -o 'device-mapper: \(table\|core\):.*' | grep -v 'initialised\|IMA\|Cannot calc'

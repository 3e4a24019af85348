# Messages that begin with @, and messages to targets that take none.
dmsetup create z --table '0 8 zero'; printf '0 8 error\n8 8 zero\n' | dmsetup create two; modprobe brd rd_nr=1 rd_size=64; dmsetup create f --table '0 8 flakey 1:0 0 1 0'; dmsetup create d --table '0 8 delay 1:0 0 1'
for m in '@nosuch' '@cancel_deferred_remove x' '@cancel_deferred_remove' 'hello' '@' '@stats' ; do for d in z two f d; do dmsetup message $d 0 $m; echo "$d $m: $?"; done; done 2>&1
dmsetup message two 8 hello; echo "$?"; dmsetup message two 99 hello; echo "$?"; dmsetup message nosuch 0 hello; echo "$?"; dmsetup message z; echo "$?"; dmsetup message z 0; echo "$?"; dmsetup message z x hello; echo "$?"; dmesg | sed 's/^[^]]*\] //' | grep device-mapper | tail -n 8

# What dmsetup itself refuses before the kernel sees a table, and where a table may come from.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create a --table "0 x zero"; echo "rc=$?"
dmsetup create a --table "zero"; echo "rc=$?"
dmsetup create a --table ""; echo "rc=$?"; dmsetup info a 2>/dev/null | grep Tables; dmsetup remove a
dmsetup create a --table "0 8"; echo "rc=$?"
printf '0 8 zero\n8 y\n' | dmsetup create a; echo "rc=$?"
dmsetup create a < /dev/null; echo "rc=$?"
dmsetup info a 2>/dev/null | grep Tables; dmsetup remove a 2>/dev/null
printf '0 8 linear 1:0 0\n  8   8\tzero \n' > /tmp/t
dmsetup create a /tmp/t; echo "rc=$?"; dmsetup table a
dmsetup load a < /tmp/t; echo "rc=$?"
dmsetup create b /tmp/nosuch; echo "rc=$?"
dmsetup create b --table $'0 8 zero\n8 8 error'; echo "rc=$?"; dmsetup table b
dmsetup create c <<< "0 8 linear 1:\\0 0"; echo "rc=$?"
cat <<EOF | dmsetup create d
0 8 linear /dev/ram0 8
8 8 error
EOF
dmsetup table d

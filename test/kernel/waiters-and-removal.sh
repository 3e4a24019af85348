# Who waits for an event of a device while it is removed, renamed or loaded.
cd /tmp
modprobe brd rd_nr=1 rd_size=4096
w() { ( timeout ${T:-3} dmsetup wait $1 $2; echo "$1 $2: wait ended $?" ) > w$3.out 2>&1 & }
dmsetup create a --table "0 1024 linear 1:0 0"; w a 0 1; w a 0 2; w a 5 3; sleep 0.7; cat w3.out; dmsetup remove a; echo "remove $?"; wait; cat w1.out w2.out
dmsetup create --notable a; T=9 w a 0 1; sleep 0.7; dmsetup load a --table "0 1024 linear 1:0 0"; sleep 0.3; cat w1.out; ( dmsetup remove a; echo "remove ended $?" ) > r.out & sleep 0.5; dmsetup ls; dmsetup info a 2>&1 | head -1; echo "[$(cat r.out)]"; wait; cat w1.out r.out
dmsetup create a --table "0 1024 linear 1:0 0"; w a 0 1; sleep 0.7; dmsetup rename a b; wait; cat w1.out; dmsetup info -c --noheadings -o name,events b
w b 1 1; sleep 0.7; dmsetup suspend b; dmsetup resume b; sleep 0.3; echo "[$(cat w1.out)]"; dmsetup rename b --setuuid U; wait; cat w1.out
dmsetup create c --table "0 1024 linear 1:0 0"; w c 0 1; sleep 0.7; dmsetup remove_all; wait; cat w1.out; dmsetup ls
dmsetup create --notable e; w e 0 1; sleep 0.7; dmsetup rename e e3; dmsetup info -c --noheadings -o name,events e3; wait; cat w1.out; dmsetup remove e3; dmsetup ls

# wait returns when the event number differs from the argument, also from a larger one, and when the device goes away.
modprobe brd rd_nr=2 rd_size=4096
dmsetup create m --table "0 8192 multipath 2 queue_mode bio 0 1 1 round-robin 0 2 1 1:0 1 1:1 1"
dmsetup wait m 7; echo "rc=$?"
( dmsetup wait m 0; echo "woken rc=$?" ) & sleep 0.5
echo "waiting"; dmsetup message m 0 fail_path 1:0; wait
dmsetup wait m 0; echo "rc=$?"
dmsetup wait -v m 0 | grep -v 'Read Ahead'
( dmsetup wait m 1; echo "woken rc=$?" ) & sleep 0.5
dmsetup rename m n; wait
( dmsetup wait n; echo "woken rc=$?" ) & sleep 0.5
dmsetup remove n; wait
dmsetup wait n; echo "rc=$?"
timeout 1 dmsetup wait n 0; echo "rc=$?"
dmsetup create z --table "0 8 zero"
timeout 1 dmsetup wait z 0; echo "rc=$?"

# SIGUSR1 makes dd print its statistics, SIGINT too before it ends; what is stuck in a disk tells later, and once.
f() { sed 's/, [0-9.e+-]* s, .*//'; }
w() { sleep 0.5; printf abcdefgh; sleep 1; printf ijkl; sleep 1; }
w | dd of=/tmp/o bs=4 2>/tmp/e & p=$!; sleep 1; kill -USR1 $p; sleep 1; kill -USR1 $p; wait $p; echo $?; f < /tmp/e
w | dd of=/tmp/o bs=8 2>/tmp/e iflag=fullblock & p=$!; sleep 1; kill -USR1 $p; sleep 1; kill -USR1 $p; wait $p; echo $?; f < /tmp/e
w | dd of=/tmp/o bs=4 status=none 2>/tmp/e & p=$!; sleep 1; kill -USR1 $p; kill -INT $p; wait $p; echo $?; f < /tmp/e
modprobe brd rd_nr=1 rd_size=4096
dmsetup create a --table "0 8192 linear 1:0 0"; dmsetup suspend a
dd if=/dev/zero of=/dev/mapper/a bs=4k count=3 oflag=direct 2>/tmp/e & p=$!
sleep 0.5; kill -USR1 $p; sleep 0.1; kill -USR1 $p; sleep 0.5; wc -c < /tmp/e; dmsetup resume a; wait $p; echo $?; f < /tmp/e
dmsetup suspend a; dd if=/dev/zero of=/dev/mapper/a bs=4k count=3 oflag=direct 2>/tmp/e & p=$!
sleep 0.5; kill -USR1 $p; kill -TERM $p; sleep 0.1; dmsetup resume a; wait $p; echo $?; f < /tmp/e
dmsetup suspend a; (trap - INT; exec dd if=/dev/zero of=/dev/mapper/a bs=4k count=3 oflag=direct 2>/tmp/e) & p=$!
sleep 0.5; kill -INT $p; sleep 0.1; dmsetup resume a; wait $p; echo $?; f < /tmp/e
dmsetup suspend a; timeout -s INT 1 dd if=/dev/zero of=/dev/mapper/a bs=4k count=3 oflag=direct 2>/tmp/e & sleep 2; dmsetup resume a; wait $!; echo $?; f < /tmp/e

# dmsetup remove -f of maps whose I/O a delay holds: with a writer that waits, with a reader that was killed, and of the delay below another map.
modprobe brd rd_nr=2 rd_size=8192
st() { dmsetup info -c --noheadings -o name,open,attr,events | sort; }
w() { dd if=/dev/zero of=$1 bs=4k count=1 oflag=direct status=none && echo "written" || echo "write failed"; }
echo '-- delay, a writer in flight'
dmsetup create slow --table "0 2048 delay /dev/ram0 0 3000"
w /dev/mapper/slow > /tmp/w 2>&1 & sleep 1; st
dmsetup remove -f slow; echo "rc=$?"; st; wait; cat /tmp/w; st
dmsetup remove slow; echo "rc=$?"; st
echo '-- delay, a reader that was killed'
dmsetup create slow --table "0 2048 delay /dev/ram0 0 3000"
(dd if=/dev/mapper/slow of=/dev/null bs=4k count=1 iflag=direct status=none; echo "reader $?") > /tmp/w 2>/dev/null &
sleep 1; kill -9 $(pgrep -x dd); sleep 0.2; dmsetup remove -f slow; echo "rc=$?"; wait; cat /tmp/w; st
dmsetup remove slow; echo "rc=$?"
echo '-- striped over two delays'
dmsetup create s1 --table "0 2048 delay /dev/ram0 0 2000"; dmsetup create s2 --table "0 2048 delay /dev/ram1 0 1000"
dmsetup create top --table "0 4096 striped 2 8 /dev/mapper/s1 0 /dev/mapper/s2 0"
(dd if=/dev/zero of=/dev/mapper/top bs=8k count=1 oflag=direct status=none; echo "writer $?") > /tmp/w 2>&1 & sleep 0.5
dmsetup remove -f s2; echo "rc=$?"; dmsetup table; wait; cat /tmp/w; dmsetup remove top s1 s2; echo "rc=$?"; st
echo '-- the lower one of two, by force'
dmsetup create slow --table "0 2048 delay /dev/ram0 0 3000"
dmsetup create top --table "0 2048 linear /dev/mapper/slow 0"
w /dev/mapper/top > /tmp/w 2>&1 & sleep 1
dmsetup remove -f slow; echo "rc=$?"; dmsetup table; wait; cat /tmp/w; dmsetup table
dmsetup remove top slow; echo "rc=$?"; st

# /proc/PID/status: state, numbers, groups and signals of the shell, of children, of one that is stuck; the page cache in /proc/meminfo.
s() { grep -E "^(State|Threads|NSpgid|NSsid|Kthread|Sig...|ShdPnd|Umask|FDSize|CapEff|Cpus_allowed_list)" /proc/$1/status; }
m() { echo "$1: $(grep -E '^(Buffers|Dirty|Writeback):' /proc/meminfo | tr -s ' ' | tr '\n' ' ')"; }
sed -n 's/:.*//p' /proc/self/status | tr '\n' ' '; echo; sed -n 's/:.*//p' /proc/meminfo | tr '\n' ' '; echo
echo "-- the shell"; s $$; trap 'echo T' USR1; trap '' HUP; s $$; cut -d' ' -f2-8 /proc/$$/stat
echo "-- children"; sleep 10 & p=$!; sleep 0.5; s $p; cut -d' ' -f2-3,5-8 /proc/$p/stat; kill $p; wait $p
(sleep 2; true) & p=$!; sleep 0.5; s $p; wait
timeout 10 sleep 9 & p=$!; sleep 0.5; [ "$(awk '/NSpgid/{print $2}' /proc/$p/status)" = $p ] && echo "a group of its own"; kill $p; wait $p
echo "-- one that is stuck"
modprobe brd rd_nr=1 rd_size=16384
dmsetup create a --table "0 32768 linear 1:0 0"; dmsetup suspend a
dd if=/dev/zero of=/dev/mapper/a bs=4k count=1 oflag=direct status=none & p=$!
sleep 0.5; s $p; kill -USR1 $p; sleep 0.2; s $p | grep Pnd; kill -TERM $p; sleep 0.2; s $p | grep -E 'Pnd|State'
dmsetup resume a; wait $p; echo "$?"; [ -e /proc/$p ] || echo gone
echo "-- memory"
m before; exec 5<> /dev/mapper/a
dd if=/dev/zero of=/dev/mapper/a bs=1M count=2 status=none; sleep 2; m written; sync; sleep 2; m synced
dd if=/dev/mapper/a of=/dev/null bs=1M count=4 status=none; sleep 2; m "more read"
dmsetup suspend a; dd if=/dev/zero of=/dev/mapper/a bs=1M count=1 status=none; sync & sleep 2; m "being written"; dmsetup resume a; wait; sleep 2; m after
echo 3 > /proc/sys/vm/drop_caches; sleep 2; m dropped
dd if=/dev/zero of=/dev/mapper/a bs=4k count=3 status=none; exec 5>&-; sleep 2; m closed

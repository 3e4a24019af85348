# What /proc says of processes: asleep, waiting for I/O, gone; their names and arguments.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create m --table "0 8192 linear /dev/ram0 0"
sleep 60 & p=$!; sleep 0.3
cat /proc/$p/comm; grep -E '^(Name|State):' /proc/$p/status; tr '\0' ' ' < /proc/$p/cmdline; echo; awk '{ print $2, $3 }' /proc/$p/stat
[ "$(awk '/^PPid/ { print $2 }' /proc/$p/status)" = $$ ] && echo "a child of mine"
[ "$(awk '/^Pid/ { print $2 }' /proc/$p/status)" = $p ] && echo "its number"
dmsetup suspend --noflush --nolockfs m
dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none & d=$!; sleep 0.5
grep State /proc/$d/status; cat /proc/$d/comm; awk '{ print $3 }' /proc/$d/stat
dmsetup resume m; wait $d; ls -d /proc/$d 2>&1 | sed "s/$d/N/"
kill $p; wait $p; [ -e /proc/$p ] && echo there || echo gone
cat /proc/self/comm; cat /proc/$$/comm; for q in /proc/[0-9]*; do cat $q/comm 2>/dev/null; done | grep -c '^sleep$'

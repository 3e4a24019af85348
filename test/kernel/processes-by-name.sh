# ps, pgrep and pkill about a lab's own jobs.
sleep 100 &
a=$!
sleep 200 &
b=$!
sleep 0.5
pgrep -c sleep
pgrep -x sleep | wc -l
[ "$(pgrep -f 'sleep 100')" = "$a" ] && echo found-by-f
[ "$(pgrep -n sleep)" = "$b" ] && echo newest
[ "$(pgrep -o sleep)" = "$a" ] && echo oldest
pgrep -l sleep | awk '{print $2}'
pgrep -a sleep | cut -d' ' -f2-
pgrep -P $$ -x sleep | wc -l
pgrep nosuchthing; echo rc=$?
pgrep; echo rc=$?
pgrep -d, -x sleep | tr -d 0-9
pgrep -u root -x sleep | wc -l
pgrep -v -x 'sleep' | wc -l | awk '{print ($1>10)}'
ps -ef | grep '[s]leep [12]00' | awk '{print $1, $8, $9}'
ps aux | grep '[s]leep' | awk '{print $1, $8, $11, $12}'
ps -ef | head -n 1
ps aux | head -n 1
ps -o pid= -p $a | tr -d ' ' | grep -qx $a && echo same
ps -o stat=,comm=,args= -p $a
ps -C sleep -o comm=
kill -STOP $a; sleep 0.3
ps -o stat= -p $a
grep State /proc/$a/status
kill -CONT $a; sleep 0.3
ps -o stat= -p $a
pkill -f 'sleep 100'; echo rc=$?
wait $a; echo "wait $?"
pkill sleep; echo rc=$?

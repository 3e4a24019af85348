# Background jobs, wait, exit statuses, kill, traps and timeout.
(exit 3) & wait $!; echo "rc=$?"
(sleep 0.3; exit 4) & p=$!; (exit 5) & q=$!; wait $p; echo "p=$?"; wait $q; echo "q=$?"
wait; echo "all=$?"; wait 99999 2>/dev/null; echo "rc=$?"
sleep 5 & p=$!; kill $p; wait $p; echo "rc=$?"
sleep 5 & p=$!; kill -KILL $p; wait $p 2>/dev/null; echo "rc=$?"
sleep 5 & p=$!; sleep 0.3; kill -0 $p && echo alive; kill -INT $p; sleep 0.3; kill -0 $p && echo "a background job ignores INT"; kill -TERM $p; wait $p; echo "rc=$?"
kill -0 99999 2>/dev/null; echo "rc=$?"; sleep 5 & kill %%; wait; echo "rc=$?"
timeout 0.3 sleep 5; echo "rc=$?"; timeout 5 true; echo "rc=$?"; timeout 5 bash -c 'exit 9'; echo "rc=$?"; timeout 1 nosuch 2>/dev/null; echo "rc=$?"
timeout --preserve-status 0.3 sleep 5; echo "rc=$?"
bash -c 'trap "echo got TERM; exit 12" TERM; sleep 1 & wait' & p=$!; sleep 0.4; kill $p; wait $p; echo "rc=$?"
bash -c 'trap "echo leaving" EXIT; trap "" TERM; kill $$; echo survived; exit 2'; echo "rc=$?"
( trap 'echo usr1' USR1; sleep 0.3 & kill -USR1 $BASHPID; wait; echo "after" )
for i in 3 1 2; do ( sleep 0.$i; echo "job $i" ) & done; wait
f() { sleep 0.2; return 6; }; f & wait $!; echo "rc=$?"
echo a | (sleep 0.1; cat) & wait; { sleep 0.2; echo late; } & echo early; wait
kill -l TERM; kill -l 137; exit 3

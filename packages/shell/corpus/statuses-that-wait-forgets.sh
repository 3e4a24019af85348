# What `wait` without operands has waited for it forgets; of a job that was disowned the status of that moment stays.
w() { wait $1 2>/dev/null; echo "$?"; }
(sleep 0.1; exit 3) & p=$!; wait; w $p
(exit 3) & p=$!; sleep 0.1; wait; w $p; w $p
(exit 3) & p=$!; (exit 4) & q=$!; sleep 0.1; wait; w $p; w $q
(exit 3) & p=$!; w $p; w $p; wait; w $p
(exit 3) & p=$!; wait -n; echo $?; w $p
sleep 0.1 & p=$!; disown; w $p; wait; w $p
sleep 0.2 & p=$!; disown $p; kill -9 $p; sleep 0.1; w $p
(exit 3) & p=$!; sleep 0.1; disown -h $p; w $p
sleep 0.1 & p=$!; disown -a; w $p
sleep 0.2 & p=$!; (exit 4) & q=$!; wait -n $p $q; echo $?; wait -n $q 2>/dev/null $p; echo $?; wait -n $p 2>/dev/null; echo $?
bash -c '(exit 3) & p=$!; sleep 0.1; jobs; wait -n; echo $?; wait $p; echo $?'

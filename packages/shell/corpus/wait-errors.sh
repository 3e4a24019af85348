wait 999999; echo $?
wait abc; echo $?
wait %5; echo $?
kill 999999; echo $?
kill abc; echo $?
kill -NOPE 1; echo $?
kill; echo $?
(sleep 0 & echo) ; wait; echo $?

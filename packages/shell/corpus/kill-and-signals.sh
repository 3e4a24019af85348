kill -l TERM 9 15 HUP 137
sleep 1 & kill -9 $! 2>/dev/null; wait $! 2>/dev/null; echo $?
sleep 1 & kill -s HUP $!; wait $! 2>/dev/null; echo $?
sleep 1 & kill -SIGTERM $!; wait $!; echo $?
sleep 1 & p=$!; kill -0 $p && echo alive; kill -n 15 $p; wait $p; kill -0 $p 2>/dev/null || echo dead
(trap 'echo caught; exit 0' TERM; sleep 0.1; sleep 0.2) & sleep 0.05; kill $!; wait $!; echo $?
( kill -TERM $BASHPID ) ; echo $?

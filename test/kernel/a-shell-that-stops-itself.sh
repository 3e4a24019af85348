# A shell that stops itself goes on after SIGCONT, in the command that stopped it; what it waits for goes on meanwhile.
( sleep 1; echo "sent by the other"; kill -CONT $$ ) &
echo before
kill -STOP $$
echo "after: $?"
wait
# A function, a subshell and a list are stopped in the middle, too.
halt() { kill -STOP $BASHPID; echo "still in the function"; }
( halt; echo "end of the subshell" ) &
other=$!
sleep 1
cut -d ' ' -f 3 /proc/$other/stat
kill -CONT $other
wait $other
echo "status $?"
# A trap that came while it was stopped runs when it goes on.
trap 'echo trapped' USR1
( sleep 1; kill -USR1 $$; sleep 1; echo "still stopped"; kill -CONT $$ ) &
kill -STOP $$
echo "on again"
wait
# SIGKILL ends a stopped process.
sleep 100 &
kill -STOP $!
sleep 0.5
cut -d ' ' -f 3 /proc/$!/stat
kill -KILL $!
{ wait $!; } 2> /dev/null
echo "status $?"

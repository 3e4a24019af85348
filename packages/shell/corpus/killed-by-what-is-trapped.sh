# Children that die of a signal which the shell traps or ignores: how they are told of, in the foreground, in the background, in a pipeline.
trap 'echo caught' USR1; (kill -USR1 $BASHPID; echo no); echo $?; true | (kill -USR1 $BASHPID); echo $?
sleep 5 & sleep 0.1; kill -USR1 $!; wait $!; echo $?
trap '' HUP; bash -c 'kill -HUP $$; echo alive'; trap - HUP USR1; trap : ALRM; (kill -ALRM $BASHPID); echo $?
f() { (kill -ALRM $BASHPID); echo "f $?"; }; f; x=$(kill -ALRM $BASHPID); echo "x $?"; trap : KILL; (kill -KILL $BASHPID) 2>/dev/null; echo $?; (exit 2) & sleep 0.1; wait; jobs

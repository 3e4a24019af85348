trap 'echo parent' TERM
(kill $BASHPID; echo no) ; echo $?
trap '' USR1
(kill -USR1 $BASHPID; echo survived)
trap -p

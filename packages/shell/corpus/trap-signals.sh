trap 'echo got term' TERM
kill $$
echo after
trap 'echo usr $?' USR1
false; kill -USR1 $$; echo s $?
trap '' TERM; kill $$; echo ignored
trap - TERM
(kill -TERM $BASHPID; echo no); echo $?
trap 'echo int; exit 4' INT
kill -INT $$
echo no

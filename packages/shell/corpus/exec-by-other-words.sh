# exec by way of `command` and `builtin`, and of what can't be run.
command exec 3> out; echo kept >&3; cat out; exec 3>&-
command exec; echo $?
( command exec cat out; echo no )
( builtin exec cat out; echo no )
( command exec nosuch; echo no ); echo $?
( exec / ; echo no ); echo $?
( exec /nosuch; echo no ); echo $?
( cd /dev; exec ./null; echo no ); echo $?
( cd /dev; exec ./null/x; echo no ); echo $?
( cd /dev; exec ../dev; echo no ); echo $?
( cd /; exec dev/null; echo no ); echo $?

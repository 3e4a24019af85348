(exec cat <<< replaced; echo no); echo $?
(exec nosuch; echo no); echo $?
(exec > f; echo to file); cat f
(trap 'echo t' EXIT; exec cat < /dev/null)
(exec 2>&1; echo e >&2) | cat
exec 3<<< fd3; cat <&3
x=1; (x=5 exec printenv x)
exec < /dev/null; cat; echo eof
exec < nofile
echo not reached

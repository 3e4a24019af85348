cd /nope
shift a
unset -z x; echo $?
export -z; echo $?
local x; echo $?
read -z; echo $?
. /nope/file; echo $?
break 2
return 2>/dev/null; echo $?
trap foo NOSIG; echo $?
umask
let; echo $?
getopts; echo $?
echo a > /dev/full; echo $?
printf x > /dev/full; echo $?

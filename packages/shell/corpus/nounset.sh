set -u
echo ${x-ok} ${x:-ok2} "$@" $# $*
(echo $x; echo no); echo $?
(echo ${#x}); echo $?
a=(); echo "${a[@]}" ${#a[@]}
(echo ${a[3]}); echo $?
(echo $1); echo $?
(echo $((x+1))); echo $?
(echo $!); echo $?
f() { echo "$y"; echo no; }
f
echo not reached

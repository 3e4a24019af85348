echo $# $? "$*"
false; echo $?
true; echo $?
(exit 7); echo $?
set -- a b c d e f g h i j k
echo $10 ${10} ${11} $#
shift 2; echo $1 $#
shift 20; echo $? $#
echo ${0##*/}
[ $$ -gt 1 ] && echo pid
sleep 0 & [ -n "$!" ] && echo bang
wait
echo "$-" | cat
echo $_x

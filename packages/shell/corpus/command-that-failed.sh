# $BASH_COMMAND is the command that runs, or that ran when a trap came.
echo "$BASH_COMMAND"
trap 'echo "line $LINENO: $BASH_COMMAND ($?)"' ERR
false
cat "/nosuch" 2> /dev/null
x=1 y='a b' false
! true
false || true
false && true
if false; then :; fi
( exit 3 )
x=$(false)
x=$(exit 2) true
[ 1 = 2 ]
[[ a == b* ]]
(( 0 ))
let 0
true | false
f() { false; }; f
f() { return 4; }; f
for i in 1; do false "$i"; done
while false; do :; done
case a in a) false;; esac
{ false; }
eval 'false  x'
cat <<< hi > /nosuch/x
printf '%s\n' "$BASH_COMMAND" | cat
trap 'echo "usr1: $BASH_COMMAND"; true; echo "still: $BASH_COMMAND"' USR1
kill -USR1 $$
g() { echo "in g: $BASH_COMMAND"; }; g a "b c"
( false; echo "sub: $BASH_COMMAND" )
trap 'echo "exit: $BASH_COMMAND"' EXIT
exit 5

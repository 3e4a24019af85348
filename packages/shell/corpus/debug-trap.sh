trap 'echo "+ $BASH_COMMAND [$LINENO] $?"' DEBUG
echo one
x=2
f() { echo in f; return 3; }
f
(echo sub)
for i in a b; do :; done
case $x in 2) echo two ;; esac
[[ $x == 2 ]]
(( x == 2 ))
echo a | cat
if true; then echo yes; fi
y=$(echo subst)
false || echo or
{ echo group; }
while (( x-- > 0 )); do :; done
echo "bg" & wait
trap - DEBUG
echo quiet
set -T
trap 'echo "T $BASH_COMMAND"' DEBUG
f
(echo sub)
z=$(echo inner)
trap '' DEBUG
f
set +T
trap 'echo "$FUNCNAME:${BASH_LINENO[0]}"' DEBUG
g() { trap 'echo "own"' DEBUG; echo g; }
g
echo after
trap
trap - DEBUG; trap -p DEBUG

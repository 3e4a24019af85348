set -x
PS4='> '
echo a
x=$(echo $(echo b))
local_f() { local a b=2; declare -i n=3; readonly r=1; export e; }
local_f
test -n x -a 1 -eq 1
[ ! -f /nope ]
true && false || true
echo a > f 2>&1
declare -A m=([k]=v)
m[k2]="v 2"
printf '%s\n' "a b"
set +x

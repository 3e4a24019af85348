set -x
echo a "b c" '' $'x\ny' "it's" '$x' a\*b ~ \~x '#c' x=y {a,b} 'a;b' '!' '[x]' é
x=1 y="a b"
z=
x=2 echo pre
x+=3
a=(1 "2 3" $x)
a[1]=q
for i in 1 2; do :; done
if [ $x = 1 ]; then :; else false; fi
[[ $x == 2* && -n "$y" ]]
[[ "$y" == "a b" || a < b ]]
[[ ab =~ ^a(.)$ ]]
((x++)) || true
case $x in 2) :;; *) :;; esac
f() { local v=$1; echo in $v; return 2; }
f "arg 1"
echo $(echo sub $(echo deep)) | cat
while [ $x -lt 0 ]; do :; done
! true
(echo subshell)
{ echo group; } 2>/dev/null
eval 'echo ev'
for ((i=0;i<1;i++)); do :; done
cat <<< hs
export E=1
set -- p q
unset x
: > f
exec 3>&1
set +x
echo off

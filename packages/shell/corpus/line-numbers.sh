echo $LINENO
nosuch1

f() {
  echo $LINENO
  nosuch2
}
f
echo $LINENO; nosuch3
(
nosuch4
)
x=$(
nosuch5
)
if nosuch6; then :; fi
for i in 1; do
  nosuch7
done
echo a \
  b | nosuch8
nosuch9 "multi
line"
eval 'nosuch10'
eval 'nosuch11
nosuch12'
trap 'echo line $LINENO' USR1
kill -USR1 $$
[ a b ]
cd /nope
: ${x:?
no}

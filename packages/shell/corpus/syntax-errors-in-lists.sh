check() {
  cat > t.sh
  bash t.sh < /dev/null
  echo "status $?"
}
check <<'STOP'
x=(1 2 3
echo $x
STOP
check <<'STOP'
x=(1 2 | 3)
echo after $?
STOP
check <<'STOP'
x=(1 2
3; 4)
echo after $?
STOP
check <<'STOP'
declare -A m=([a]=1 [b]=2
echo z
STOP
check <<'STOP'
local x=(a b) c (d)
STOP
check <<'STOP'
x[1]=(1 2)
echo $?
STOP
check <<'STOP'
x=5 y=(1 2) echo hi
STOP
check <<'STOP'
x= (1 2)
STOP
check <<'STOP'
x =(1 2)
STOP
check <<'STOP'
f() {
 a=(1 & 2)
 echo x
}
echo z
STOP

check() {
  cat > t.sh
  bash t.sh < /dev/null
  echo "status $?"
}
check <<'STOP'
if [[ -n x ]] && then echo; fi
STOP
check <<'STOP'
[[ a = b
STOP
check <<'STOP'
[[ a = b ]
echo z
STOP
check <<'STOP'
[[ a = b ]]]
echo z
STOP
check <<'STOP'
[[a = b ]]
echo z $?
STOP
check <<'STOP'
[[ a=b ]] && echo yes
STOP
check <<'STOP'
[[ a = b && ]]
echo z
STOP
check <<'STOP'
[[ a = b || c = d ]] || echo no
[[ ! ]]
echo z
STOP
check <<'STOP'
[[ ( a = b ) && c ]] || echo no
[[ ( a = b && c ]]
STOP
check <<'STOP'
[[ a < b ]] && echo lt
[[ a <= b ]]
echo z
STOP
check <<'STOP'
[[ a -lt ]]
STOP
check <<'STOP'
[[ a = b c ]]
STOP
check <<'STOP'
[[ $x == (a|b) ]]
echo z
STOP
check <<'STOP'
[[ x =~ (a|b ]]
echo z
STOP
check <<'STOP'
[[ x =~ ^(x|b)$ ]] && echo yes
STOP
check <<'STOP'
[[ -f ]]
STOP
check <<'STOP'
[[ -z $x ]] && [[ ! -n $x ]] && echo ok
[[ $x -eq 1 -a $y -eq 2 ]]
echo z
STOP
check <<'STOP'
if [[ $x == 1 ]] then echo; fi
STOP
check <<'STOP'
echo $([[ a b ]])
echo z
STOP

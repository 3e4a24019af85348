check() {
  cat > t.sh
  bash t.sh < /dev/null
  echo "status $?"
}
check <<'STOP'
eval "if true"
echo $?
eval 'for'
echo $?
eval "x=(1 | 2)"
echo $?
eval 'echo "a'
echo $?
STOP
check <<'STOP'
set -e
eval "if true"
echo z
STOP
check <<'STOP'
set -e
eval "if true" || echo caught
echo z
STOP
check <<'STOP'
bash -c "if true"; echo $?
bash -c "echo 'a"; echo $?
bash -c 'echo a; echo b )'; echo $?
bash -c 'echo a
echo b )
echo c'; echo $?
bash -c '[[ a b ]]'; echo $?
bash -c 'false
[[ a b ]]'; echo $?
bash -c 'x=(1 & 2)
echo next $?'; echo $?
STOP
check <<'STOP'
trap 'echo bye' EXIT
echo start
if
STOP
check <<'STOP'
trap 'echo "err' ERR
false
echo $?
STOP
check <<'STOP'
trap 'echo (' EXIT
exit 3
STOP
check <<'STOP'
set -u
set -e
echo a
fi
STOP
check <<'STOP'
trap 'echo (' USR1
kill -USR1 $$
echo z $?
trap 'echo (' ERR
false
echo z $?
trap - ERR
trap 'echo (' DEBUG
echo z $?
STOP
check <<'STOP'
printf "echo a\necho (\necho b\n" > s.inc; . ./s.inc
echo $?
source s.inc || echo failed
STOP
check <<'STOP'
set -e
trap "echo bye" EXIT
echo (
STOP
check <<'STOP'
set -e
a=(1 & 2)
echo z
STOP
check <<'STOP'
( eval "a=(1 & 2)
 echo q"; echo w )
echo rc $?
STOP
check <<'STOP'
eval "echo \$(fi)"
echo after
STOP
check <<'STOP'
echo "if true" | bash
echo $?
printf 'echo a\necho "b' | bash
echo $?
STOP

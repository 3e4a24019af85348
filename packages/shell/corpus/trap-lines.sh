trap 'echo err $LINENO; nosuch' ERR

false
f() {
  false
  echo $LINENO
}
set -E
f
trap 'echo ex $LINENO; nosuch2' EXIT
trap 'echo usr $LINENO; nosuch3
nosuch4' USR1
trap - ERR
kill -USR1 $$

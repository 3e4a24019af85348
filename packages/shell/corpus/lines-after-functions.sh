# What is said after a function has returned has the line of its call.
trap 'echo "ERR at $LINENO: $BASH_COMMAND"' ERR
f() {
  true
  return 3
}
g() {
  false

  true && f
}
f
g
x=$(f)
f || echo $LINENO
f; echo $LINENO
if f; then :; else echo $LINENO; fi
g 2>&1; nosuch-command
f &
wait $!
f |
  cat
set -E
g
( f )

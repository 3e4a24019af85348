f() { echo hi; local z=1; }
type f; declare -f f; command -V f
g () {
  if [ "$1" = x ]; then echo x; elif true; then echo e; else echo y; fi
  for i in 1 2 "$@"; do echo $i; done
  while read -r l; do echo "$l"; done < /dev/null
  until false; do break; done
  case $1 in a|b) echo ab ;; *) echo other; echo more ;; esac
  { echo group; echo two; }
  ( echo sub; echo two )
  echo a | cat | tr a b
  true && echo and || echo or
  ! false
  [[ $1 == a && -n $2 ]] && return 1
  (( x++ ))
  x=$(echo y)
  arr=(1 2 3)
  echo out > /dev/null 2>&1
  sleep 0 &
  wait
  for ((i=0;i<3;i++)); do echo $i; done
  cat <<< "here"
}
declare -f g
h() ( echo subshell body )
declare -f h
k() { echo k; } > /dev/null
declare -f k
declare -F
declare -F f nope; echo $?
type -t f nope; type -a f; type -p f; type -P cat; type -f f; echo $?
type nope; echo $?
type if while cd
command -v f if cd nope; echo $?
m() { n() { echo inner; }; n; }
declare -f m

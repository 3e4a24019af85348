set -o pipefail
cat nofile 2>/dev/null | cat; echo $?
true | (exit 2) | true; echo $? "${PIPESTATUS[@]}"
! (exit 2) | true; echo $?
if false | true; then echo no; else echo else; fi

trap 'echo err $?' ERR
false
true
(exit 4)
false || true
if false; then :; fi
f() { false; return 0; }
f
g() { return 3; }
g
false | true
true | false
x=$(false)
! true
set -E
f
(false)
trap - ERR
false
echo done

set -e
if false; then :; fi; echo 1
false || echo 2
! true; echo 3
while false; do :; done; echo 4
false && true; echo 5
f() { false; echo in-f; }
f || true; echo 6
if f; then echo 7; fi
! f; echo 8
{ false; echo 9; } || true
(false; echo 10) || true
true && f && echo x || true
x=$(false) || echo 11
until false; do break; done
[[ a == b ]] || echo 12
((0)) || echo 13
f
echo no

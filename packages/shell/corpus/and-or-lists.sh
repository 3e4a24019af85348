true && echo a; false && echo b; false || echo c; true || echo d
true && false || echo e; false && true || echo f; false || true && echo g
false || false; echo $?
{ true; false; } && echo no; echo $?
true && { echo grouped; } || echo no
! true || echo neg
a=1 && b=2; echo $a$b
false; true && false; echo $?
echo x; false && echo y; echo $?

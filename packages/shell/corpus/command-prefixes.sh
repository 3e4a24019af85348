x=1 y=2 eval 'echo $x $y'; echo "[$x]"
f() { echo "f:$v"; v=changed; }; v=pre f; echo "[$v]"
v=a v2=$v printenv v2; echo $?
PATH=/nope nosuch 2>/dev/null; echo $?
! x=5; echo $? $x
x=$(echo side) true; echo "[$x]"

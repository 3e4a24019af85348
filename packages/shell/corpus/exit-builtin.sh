(exit); echo $?; false; (exit); echo $?
(exit 300); echo $?; (exit -1); echo $?
(exit abc); echo $?
(exit 1 2); echo $?
f() { exit 8; }; (f); echo $?
{ exit 5; }
echo no

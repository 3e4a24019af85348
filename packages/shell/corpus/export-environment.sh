x=1; printenv x; echo $?
export x; printenv x
export y=2; printenv y; y=3; printenv y
export -n y; printenv y; echo $?
z=5 printenv z; echo "[$z]"
f() { printenv w; }; w=6 f; echo "[$w]"
x=7 eval 'echo $x; printenv x'; echo $x
a=1 b=2 bash -c 'echo $a $b'
(export s=1; printenv s); printenv s; echo $?
unset x; printenv x; echo $?
set -a; auto=1; set +a; printenv auto
x=9 : ; echo "[$x]"
IFS=: read p q <<< 'l:r'; echo $p $q "[$IFS]"
v=1 v=2 printenv v

x=1; (x=2; echo $x); echo $x
(exit 3); echo $?
(cd /; pwd); 
( (echo nested) )
(f() { echo subf; }; f); f 2>/dev/null || echo no f
(set -e; false; echo no); echo $?
y=$(x=5; echo $x); echo $y $x
(echo a; echo b) | cat
( exit 1 ) || echo failed
[ $BASHPID = $$ ] && echo same; ( [ $BASHPID = $$ ] || echo differ )
echo $BASH_SUBSHELL $(echo $BASH_SUBSHELL) ; (echo $BASH_SUBSHELL)
(return 2>/dev/null; echo r)
set -- a b; (shift; echo $1); echo $1

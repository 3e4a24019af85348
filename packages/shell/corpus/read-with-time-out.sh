# read -t: what came in time is kept, the status says that the time was over.
read -t 0.2 x < /dev/null; echo $?
sleep 1 | { read -t 0.3 x; echo "$? [$x]"; }
{ printf 'ab\nc'; sleep 1; } | { read -t 0.3 x; echo "$? [$x]"; read -t 0.3 x; echo "$? [$x]"; }
{ printf 'a b c'; sleep 1; } | { read -t 0.3 x y; echo "$? [$x] [$y]"; }
sleep 1 | { read -t 0.3 -a arr; echo "$? ${#arr[@]}"; }
{ printf abc; sleep 1; } | { read -t 0.2 -n 5 x; echo "$? $x"; }
{ printf abc; sleep 1; } | { read -t 0.2 -N 5 x; echo "$? $x"; }
sleep 1 | { trap 'echo T' ALRM; read -t 0.3 x; echo $?; kill -ALRM $BASHPID; echo after; }
sleep 1 | { read -t 0.2; echo "$? [$REPLY]"; }
{ sleep 0.5; echo late; } | { while ! read -t 0.2 x; do echo waiting; done; echo "$x"; }
echo now | { read -t 5 x; echo "$? $x"; }
echo line > f; read -t 0 < f; echo $?; read -t 1.5 x < f; echo "$? $x"
read -t x y; echo $?
read -t -1 y < f; echo $?
read -t .1 x < /dev/null; echo $?
read -t 1. x < /dev/null; echo $?
read -t 1e3 x < /dev/null; echo $?
TMOUT=1; sleep 2 | { read x; echo $?; read y < f; echo $? $y; }

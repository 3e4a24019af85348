f() { echo in; echo err >&2; }
f > out 2> err; cat out err; echo visible
{ echo a; exec 5>&1; } > x; echo b; echo c >&5; cat x
(exec > sub; echo hidden); echo shown; cat sub
read x < out; echo $x
exec 6>&1; exec > log; echo logged; exec >&6 6>&-; echo back; cat log
echo closed >&-; echo $?

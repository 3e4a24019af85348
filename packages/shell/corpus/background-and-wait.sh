sleep 0.1 & p=$!
echo started
wait $p; echo $?
(exit 5) & wait $!; echo $?
{ sleep 0.05; echo bg; } & echo fg; wait
false & wait; echo $?
(sleep 0.1; exit 3) & a=$!; (sleep 0.05; exit 4) & b=$!
wait $a $b; echo $?; wait $b $a; echo $?
wait 2>/dev/null; echo $?
f() { echo inf; return 6; }; f & wait $!; echo $?
echo x | cat & wait $!; echo $?
sleep 0.2 & kill $!; wait $!; echo $?
sleep 0.05 && echo andor & wait
x=1; { x=2; } & wait; echo $x
cat & wait $!; echo "cat $?"

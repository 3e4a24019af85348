readonly x=1
(x=2; echo no); echo $?
(unset x; echo $?) 
(readonly x=3; echo $?)
f() { local x=5; echo "local $?"; }; (f)
(export x; echo exported $?)
(for x in a; do echo no; done; echo $?)
(read x <<< a; echo r $?)
(printf -v x a; echo p $?)
(: $((x=5)); echo a $?)
(x=5 true; echo prefix $?)
echo $x
x=3
echo unreachable?

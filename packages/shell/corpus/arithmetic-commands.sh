x=3
((x > 2)) && echo gt; ((x < 2)) || echo not lt
((x++)); echo $x $?
((0)); echo $?
((x = x * 2, y = x)); echo $x $y
let "z = 5" w=2+3; echo $z $w
let 0; echo $?
for ((i=0; i<3; i++)); do echo -n "$i "; done; echo
for ((i=0, j=9; i<j; i+=3, j-=2)); do echo $i,$j; done
for ((;;)); do break; done; echo out
if ((x == 8)); then echo eight; fi
while ((x-- > 5)); do echo -n $x; done; echo

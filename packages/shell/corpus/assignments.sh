x=1 y=2; echo $x$y
x=$y z=$x; echo $z
a=b=c; echo $a
x="a b" y=$x; echo "$y"
x=*; echo "$x"
x=$(echo 'a  b'); echo "$x"
x=`echo q`; echo $x
x+=r; echo $x
x=a{b,c}; echo $x
declare y=~; echo $y
x= ; echo "[$x]"
x=1y=2; echo $x
1x=3 2>/dev/null; echo $?
x =3 2>/dev/null; echo $?
a[0]=1 a[1+1]=3; echo ${a[@]}
echo x=1 "$x"
x=a\ b; echo "$x"; x='#'; echo $x; x=a#b; echo $x

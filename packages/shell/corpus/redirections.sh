echo one > f; cat f; echo two >> f; cat < f
cat < f > g; cat g
echo err >&2
{ echo o; echo e >&2; } > both 2>&1; cat both
{ echo o; echo e >&2; } 2>&1 > only; cat only
echo x &> amp; cat amp; echo y &>> amp; cat amp
> empty; cat empty; : > g; cat g
exec 3> h; echo three >&3; exec 3>&-; cat h
exec 4< f; read a <&4; read b <&4; echo $a $b; exec 4<&-
echo no >&4; echo $?
cat < nofile; echo $?
echo x > /nodir/f; echo $?
echo x > /dev; echo $?
x="a b"; echo q > $x; echo $?
echo q > "$x"; cat "a b"
if true; then echo in-if; fi > i; cat i
for i in 1 2; do echo $i; done > l; cat l
echo trunc > f; cat f
cat <> rw; echo data 1<> rw; cat rw
nosuchcmd 2> e; cat e
echo a >| f; cat f
set -C; echo b > f; echo $?; echo b >| f; set +C; cat f
echo multi > m1 > m2; cat m1 m2
2>&1 echo prefix
echo dup 3>&1 >&3
: < nofile || echo failed

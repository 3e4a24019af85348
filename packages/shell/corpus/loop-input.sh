printf '1\n2\n3\n' > in
while read a; do echo "l $a"; done < in
while read a <&3; do echo "3 $a"; done 3< in
for i in a b; do read x; echo "$i$x"; done < in
{ read p; read q; } < in; echo $p$q
if read z; then echo $z; fi < in
until ! read u; do echo u$u; done < in

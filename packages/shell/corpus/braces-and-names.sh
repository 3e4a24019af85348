# Braces come before parameters: letters and digits that they put behind $name belong to the name.
v=1; baz=3; barx=q; bar=r; baz2=s
echo {v,$baz}{x,y} $v{a,b} "$v"{a,b} ${v}{1,2} $ba{r,z}{x,} $baz{1,2} x$v-{a,b} {$v,$baz}2
set -- 5; echo $1{0,1} $#{0,1}
echo {Z..a} {[..]} x{Y..Z}y

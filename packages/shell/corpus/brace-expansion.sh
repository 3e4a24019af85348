echo {a,b,c} x{1,2}y {1..5} {5..1} {1..10..3} {a..e} {e..a..2} {01..03} {-2..2}
echo {a,b}{1,2} {a,{b,c}d}e {a} {} {,x}y a{b a,b} {1..} {1..a}
echo "{a,b}" \{a,b} {a\,b,c} {"x y",z} '{a,b}'{1,2}
x=1; echo {$x,2} ${x}{a,b} {1..$x} {a,b}$x
echo a{,}b {{1..3},x} {3..1}{a,b}
y={a,b}; echo $y
for i in {1..3} {x,y}; do echo -n "$i "; done; echo
echo {a,b}/{c,d}.{e,f} {0..8..4}

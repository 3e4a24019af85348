x=val
cat <<E
$x \$x \\ "q" 'q' $(echo sub) `echo bt` $((1+1)) \a
E
cat <<'E'
$x \$x `no`
E
cat <<"E E"
$x
E E
cat <<-E
	tabbed $x
		two
	E
cat <<-'E'
	$raw
	E
cat <<A; cat <<B
a
A
b
B
cat <<E | cat
piped
E
while read l; do echo "r:$l"; done <<E
one
two
E
cat <<E
line \
joined
${x:+"q"} ${y:-d e}
E
cat <<E

empty above
E
f() { cat; }; f <<E
to function
E
x=$(cat <<E
in sub $x
E
); echo "$x"

f() { trap 'echo from f $x' EXIT; x=set; }
f; x=later
trap
trap - EXIT
trap 'echo a' EXIT; trap 'echo replaced' 0
kill -0 $$ && echo alive

echo a 2>&1 > f >&2; cat f
{ echo out; echo err 1>&2; } > f 2>&1; cat f
{ echo out; echo err 1>&2; } 3>&1 1>f 2>&3 | cat; cat f
echo x 3> f >&3; cat f
echo err 1>&2 2>/dev/null

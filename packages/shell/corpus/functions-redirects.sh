f() { cat; echo end >&2; }
echo in | f; f <<< here 2>/dev/null; f < /dev/null 2>&1 | cat
g() { echo to-out; } > gout; g; echo --; cat gout
h() { while read l; do echo "h:$l"; done; }; printf 'a\nb\n' | h
k() ( cd /; pwd ); k; [ "$PWD" = / ] || echo cwd kept

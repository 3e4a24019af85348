f() { while echo line; do :; done; }
f 2>/dev/null | head -2
echo ${PIPESTATUS[0]}

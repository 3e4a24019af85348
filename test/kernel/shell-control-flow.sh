# if, case, loops, functions, locals, return codes, break and continue.
f() { local x=in; y=changed; echo "f: $# $1 $x"; return 3; }
x=out; y=old; f a b; echo "$? $x $y"
for i in 1 2 3 4; do [ $i = 2 ] && continue; [ $i = 4 ] && break; echo "for $i"; done
for ((i = 0; i < 3; i++)); do printf '%d ' $i; done; echo
i=0; while [ $i -lt 3 ]; do i=$((i + 1)); done; echo $i; until ((i == 0)); do ((i--)); done; echo $i
for o in 1 2; do for p in a b c; do [ $p = b ] && continue 2; echo $o$p; done; done
c() { case $1 in a|b) echo ab;; c*) echo starts-c;; ?) echo one;; [0-9]*) echo digit;; "") echo empty;; *) echo other;; esac; }
for w in a b cat z 42 "" long; do c "$w"; done
if false; then echo no; elif [[ abc == a* && ! abc =~ x ]]; then echo yes; else echo no; fi
[[ "sda 8:0" =~ ([a-z]+)\ ([0-9]+):([0-9]+) ]] && echo "${BASH_REMATCH[1]} ${BASH_REMATCH[2]} ${BASH_REMATCH[3]}"
[ -e /dev/null ] && [ ! -e /nosuch ] && [ -b /dev/null ]; echo $?; [ -c /dev/null ]; echo $?; [ -d /sys ]; echo $?; [ -s /etc/passwd ]; echo $?
[ 3 -gt 10 ]; echo $?; [ 3 \> 10 ]; echo $?; [ -z "" ]; echo $?; [ a = b -o 1 = 1 ]; echo $?; [ x -gt 1 ] 2>&1; echo $?
true && false || echo "or"; ! true; echo $?; { echo group; false; }; echo $?; (exit 7); echo $?
while read -r a b rest; do echo "$b-$a-$rest"; done <<< $'1 2 3 4\n5 6'
printf 'l1\nl2' | while read -r l || [ -n "$l" ]; do echo "got $l"; done
echo "k=v" | { IFS== read -r k v; echo "$v $k"; }
g() { [ $1 -le 1 ] && echo 1 || echo $(( $1 * $(g $(($1 - 1))) )); }; g 5
nosuchcommand 2>/dev/null; echo $?; /dev/null 2>/dev/null; echo $?

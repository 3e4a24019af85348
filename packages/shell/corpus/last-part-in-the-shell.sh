echo a | read x; echo "[${x-}]"
shopt -s lastpipe; shopt lastpipe
echo b | read x; echo "[$x] ${PIPESTATUS[*]}"
n=0; printf '1\n2\n3\n' | while read -r i; do n=$((n+i)); [ $i = 2 ] && break; done; echo "n=$n"
printf 'l1\nl2\n' | mapfile -t lines; echo "${#lines[@]} ${lines[1]}"
false | true; echo "$? ${PIPESTATUS[*]}"; true | false; echo "$? ${PIPESTATUS[*]}"
set -o pipefail; (exit 3) | cat; echo $?; set +o pipefail
f() { echo z | { read y; return 4; }; echo not; }; f; echo "f $? $y"
echo q | ( read w; echo "sub $w" ); echo "${w-unset}"
echo in | cat | { read v; echo "group $v"; }; echo "$v"
read -r first <<< "before"; echo $first
echo 1 | if read k; then echo "if $k"; fi; echo $k
! echo x | read m; echo "$? $m"
for i in 1 2 3; do echo $i | { read j; [ $j = 2 ] && continue 2; }; echo "round $i"; done 2>/dev/null
trap 'echo ERR $?' ERR; true | false; echo a | { read l; false; }; trap - ERR
set -e; echo e | { read g; echo "got $g"; }; echo | { false; echo not reached; }; echo not reached

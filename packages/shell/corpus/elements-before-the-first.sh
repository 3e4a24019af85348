s=(); echo "a${s[-1]}b" $?; echo next; x=${s[-2]}; echo "$? [$x]"; s[-1]=3; echo never
s=(1); echo "[${s[-2]:-d}]"; echo "${s[-2]/a/b}" "${s[-2]%%x}" "${s[-2]:0:1}" "${s[-2]^^}"
echo "${s[-2]@Q}"; x=${s[-3]-u}; echo "$x"; echo "${s[-2]+set}"
echo "${#s[-2]}"; echo never
(set -u; echo "${s[-2]}"; echo never); echo $?
[[ -n ${s[-5]} ]]; echo $?
unset 's[-3]'; echo $?
pop() { local -n out=$1; out=${stack[-1]}; unset 'stack[-1]'; }
stack=(a b); pop x; pop y; echo $x $y; pop z; echo $?

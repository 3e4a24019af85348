set -u
(echo "${#x[@]}"); echo $?
(echo "${#x[*]}"); echo $?
(declare -a y; echo "${#y[@]}"); echo $?
(declare -A y; echo "${#y[@]}"); echo $?
(y=(); echo "${#y[@]}"); echo $?
(echo "[${x[@]}]"); echo $?
(echo "[${!x[@]}]"); echo $?
(echo "[${x[0]}]"); echo $?
(y=(a); echo "[${y[1]}]"); echo $?
(y=(a); echo "[${#y[1]}]"); echo $?
(set --; echo "[$@] [$*] $# ${#@}"); echo $?
(y=s; echo "${#y[@]}"); echo $?
(echo "${x[@]:0:1}" "${x[@]#a}"); echo $?
(echo "${x[*]}"); echo $?
(for i in "${x[@]}"; do echo "it $i"; done); echo $?
(echo "${!n}"); echo $?; (n=zz; echo "${!n}"); echo $?; (echo "$((z+1))"); echo $?
(f() { local q; echo "[$q]"; }; f); echo $?

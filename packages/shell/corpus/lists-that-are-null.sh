show() { printf '<%s>' "$@"; echo; }
a=('' '')
for IFS in ' ' '' ,; do set -- '' ''; show "${*-m}" "${*+p}" "${*:-m}" "${*:+p}"; show "${@-m}" "${@+p}" "${@:-m}" "${@:+p}"; show "${a[*]-m}" "${a[*]:-m}" "${a[@]:-m}" "${a[@]:+p}"; set -- ''; show "${*:-m}" "${*:+p}" "${@:-m}" "${@:+p}"; set -- '' x; show "${*:-m}" "${*:+p}" "${@:-m}" "${@:+p}"; done
vxa=1 vxb=2 y=(p q); IFS=; show ${!vx*}; show ${!vx@}; show ${!y[*]}; show ${!y[@]}; show "${!vx*}" "${!y[*]}"; IFS=,; show ${!vx*}; show "${!vx*}"; unset IFS
s=123; (echo "${s:}"; echo not here); echo "${s: }" "<${s::}>" "<${s::2}>" "<${s:1:}>"; (echo ${y[@]:}; echo not here); set -u; (echo "${none@a}"; echo not here); (echo "${none@A}"; echo not here); echo "<${none[@]@a}>"

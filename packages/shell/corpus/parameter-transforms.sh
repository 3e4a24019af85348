x="it's a \"b\""; echo "${x@A}" "${x@Q}" "${x@U}" "${x@u}" "${x@L}" "${x@E}" "${x@K}"
a=(1 "2 3" '$x'); echo "${a[@]@A}"; echo "${a[@]@Q}"; echo "${a[@]@K}"; echo "${a@a} ${a[0]@a}"; printf '<%s>' "${a[@]@k}"; echo
declare -A h=([k]=v); echo "${h[@]@K}" "${h[@]@A}" "${h@a}"
export E=1; echo "${E@A} ${E@a}"; declare -i n=3; echo "${n@A}"; declare -r ro=1; echo ${ro@a}; echo "${nope@A}|${nope@a}|"
p='\u@\w $x \$'; cd /; echo "${p@P}"; e='a\tb\x41'; echo "${e@E}"
set -- 'a b' c; echo "${@@Q}"; echo "${@@A}"; echo "${*@Q}"
declare -lx low=ABC; echo "${low@A}"; declare -a empty; echo "<${empty[@]@A}>"
PS4='+ $LINENO ${FUNCNAME[0]:-main}> '; f() { true; }; set -x; f; echo x; y=$(echo z); set +x

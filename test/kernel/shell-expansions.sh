# Parameter, brace, arithmetic and pathname expansion and quoting as the labs use them.
a=alpha; unset u; e=
echo "${a} ${a:1:3} ${a: -2} ${#a} ${a#al} ${a%a} ${a/p/P} ${a//a/_} ${a^} ${a^^}"
echo "${u:-default} ${u-unset} ${e:-empty} ${e-set} [${e:+x}] [${a:+x}]"
echo "${u:=now}" "$u"; ( echo ${nosuch?msg} ) 2>/dev/null || echo "unset is an error"
f=/sys/block/sda/device/state; echo "${f##*/} ${f%/*} ${f%%/device*} ${f#*/}"
echo {1..5} {05..08} {a..e} {10..1..3} x{1,2,3}y {a,b}{1,2} {1} "{1..3}"
echo $((7 / 2)) $((-7 / 2)) $((-7 % 3)) $((2 ** 10)) $((0x1f)) $((010)) $((1 << 4 | 3)) $((5 > 3 && 2 < 1)) $((a0 = 4, a0++ + ++a0)) $a0
i=5; ((i += 2)); echo $i; ((i == 7)) && echo seven; ((0)); echo $?; let i--; echo $i; echo $((i > 3 ? 10 : 20))
s="a  b   c"; echo $s; echo "$s"; set -- $s; echo $# "$2"; IFS=:; v="x:y::z"; set -- $v; echo $# "$3|$4"; unset IFS
set -- one "two three" four; echo "$#" "$*" "$@"; printf '<%s>' "$@"; echo; printf '<%s>' $*; echo; shift 2; echo "$1"
cd /tmp; touch g1 g2 g10 h; echo g* g? [gh]* nomatch*; echo "g*" 'a$a' "a\$a" a\ b $'t\tab\n'x
arr=(x "y z" w); echo ${arr[1]} ${#arr[@]} "${arr[@]:1}" ${!arr[@]}; arr+=(v); arr[7]=q; echo "${#arr[@]}" "${!arr[@]}"
declare -A m=([k]=1 [j]=2); echo ${m[k]} ${#m[@]}; n=a; echo "${!n}"
echo $(echo nested $(echo "deep  er")) `echo back`; echo "$(printf 'no newline\n\n\n')."

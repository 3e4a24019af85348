set -x
echo $'a\tb' $'a\x01b' $'\e[1m' $'a\nb' $'\x7f'
x=$'a\nb'
x=$'a\tb'
[[ $'a\nb' == $'a\nb' ]]
[[ -n $'a b' ]]
[[ '' == "" ]]
[[ a -eq 'b c' ]] 2>/dev/null
[[ 'a b' < c ]]
[[ 'a b' =~ "x y" ]]
case "a b" in x) ;; esac
for i in "a b" $x; do :; done
((x = 1 , 2))
(( x=3 ))
(($x+1))
for ((i=0;i<1;i++)); do :; done
readonly r=1 s="a b"
export e="q r"
declare d=1 f
declare -A m=([k]="v w" [j]=$x)
a=( 1 "2 3" $x )
declare -a b=(1 "2 3")
a+=(x)
a[1]="p q"
if [ a = a ] && true; then :; fi
x=1 y=2 true

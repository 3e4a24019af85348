declare x='a b'; declare -p x
declare -i n=5; declare -p n
declare -a a=(1 'two 2'); declare -p a
declare -A m=([k]=v); declare -p m
declare -x e=1; declare -p e
readonly r=2; declare -p r
declare u; declare -p u; declare -p nope; echo $?
x=$'a\nb"$`\\'; declare -p x
export -p | head -0
declare -l low=ABC; declare -u up=abc; echo $low $up; low=XYZ; echo $low
declare -ri ri=7; declare -p ri
f() { declare v=1; declare -p v; }; f
declare -a sparse=([3]=c [1]=a); declare -p sparse
declare 1x=2; echo $?
export 'bad-name=1'; echo $?

v=1
declare -n r=v
echo "$r ${!r}"
r=2; echo $v; r+=3; echo $v
(( r++ )); echo $v; let r+=1; echo $r $v
f() { local -n out=$1; out="set by f"; local -n arr=$2; arr+=(x y); arr[0]=first; echo "${#arr[@]} ${!arr[@]} ${arr[-1]}"; }
f result list; echo "$result|${list[*]}"
declare -A map=([k]=v)
g() { local -n m=$1; m[new]=1; for k in "${!m[@]}"; do echo "$k=${m[$k]}"; done; unset 'm[k]'; echo "${#m[@]}"; }
g map
declare -p r
unset r; echo "<${v-unset}>" ; v=again; echo $r
unset -n r; echo "<${r-unset}> $v"
h() { local v=local; local -n ref=v; ref=changed; echo $v; i; }
i() { local -n ref=v; echo "i sees $ref"; ref=by-i; }
h; echo $v
read_into() { local -n t=$1; read -r t; }
read_into line <<< "a line"; echo "$line"
printf_into() { local -n t=$1; printf -v t '%03d' 7; }
printf_into num; echo $num
mapf() { local -n t=$1; mapfile -t t; }
mapf lines <<< $'a\nb'; echo ${#lines[@]}
(declare -n q=v; q=sub; echo $v); echo $v
swap() { local -n a=$1 b=$2; local t=$a; a=$b; b=$t; }
p=1 q=2; swap p q; echo $p $q
declare -n n1=n2 n2=n3; n1=chain; echo $n3
[[ -v n1 ]] && echo set; [[ -v nope ]] || echo unset
export -n p; declare -n e=HOME_X; export e; e=1; declare -p HOME_X

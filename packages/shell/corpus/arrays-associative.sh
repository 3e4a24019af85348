declare -A m
m[one]=1; m["two words"]=2; k=three; m[$k]=3
echo ${m[one]} "${m[two words]}" ${m[$k]} ${#m[@]}
for k in one "two words" three; do echo "$k=${m[$k]}"; done
unset 'm[one]'; echo ${#m[@]} "${m[one]-none}"
declare -A n=([a]=1 [b]=2 [c]=3 [long-key]=4)
echo ${n[@]} ${!n[@]}
n[a]+=x; echo ${n[a]}
[[ -v n[a] ]] && echo set; [[ -v n[zz] ]] || echo unset
for k in "${!n[@]}"; do echo "$k -> ${n[$k]}"; done
for i in {1..20}; do n[k$i]=$i; done; echo ${!n[@]}

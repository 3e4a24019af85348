declare -A a=([foo bar]=1 [x  y]+=2 [k;v]=3)
for key in 'foo bar' 'x  y' 'k;v'; do echo "$key=${a[$key]}"; done
p='p q'; a[$p]=4; a["r s"]=5; a[t u]=6; a[t u]+=7
echo "${a[p q]} ${a[$p]} ${a["r s"]} ${a[t u]} ${#a[@]}"
unset 'a[foo bar]'; echo "${#a[@]} ${a[foo bar]-gone}"
a+=([$p one]=8); echo "${a[p q one]}"

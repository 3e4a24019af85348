a=(one "two 2" three)
echo ${a[0]} "${a[1]}" ${a[-1]} ${#a[@]} $a
a+=(four); a[1]=TWO; a[10]=ten
echo "${a[@]}" ${!a[@]} ${#a[@]}
unset 'a[0]'; echo ${a[0]-gone} ${#a[@]}
for x in "${a[@]}"; do echo "<$x>"; done
b=("${a[@]}"); echo ${#b[@]} ${!b[@]}
i=2; echo ${b[i]} ${b[$i-1]} ${b[i+1]}
a=(); echo ${#a[@]} "${a[@]}"
x=scalar; x+=more; x[2]=arr; echo ${x[@]}
c=([2]=two [0]=zero next); echo ${!c[@]} ${c[@]}
c+=x; echo ${c[0]}
d=(a{1,2} *.none $((1+1)) "$(echo p q)" $(echo r s)); echo ${#d[@]} "${d[@]}"
e=($'a\nb' 'c d'); printf '%s|' "${e[@]}"; echo

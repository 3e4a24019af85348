s=a; s+=b; n=1; n+=1; echo $s $n; declare -i m=1; m+=2; echo $m
a=(1); a+=(2 3); a[0]+=x; echo "${a[@]}"; a+=y; echo "${a[@]}"
unset u; u+=new; echo $u; f() { local s+=q; echo $s; }; f; echo $s

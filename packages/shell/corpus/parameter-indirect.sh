x=y; y=z; echo ${!x}
a=(1 2 3); r=a[1]; echo ${!r}; r='a[@]'; echo ${!r}
set -- p q; i=2; echo ${!i} ${!#}
pre_a=1 pre_b=2; echo ${!pre_@} "${!pre_*}"
echo ${!a[@]}; b=([3]=x [7]=y); echo ${!b[@]}
echo ${!nope}
echo after

echo ${x-unset} ${x:-null} "${x:-a  b}" ${x:-a  b}
x=
echo "[${x-unset}]" ${x:-null} ${x+set} "[${x:+alt}]"
x=v
echo ${x+set} ${x:+alt} ${x:-no}
echo ${y:=assigned} $y ${y=again}
echo "${z:-"quoted inner"}" "${z:-'single'}" ${z:-'s q'}
echo ${z:-$(echo sub)} ${z:-`echo bt`} ${z:-$((1+1))} ${z:-${y}}
set -- ${z:-a "b c" d}; echo $#
set -- "${z:-a "b c" d}"; echo $#
set -- ${z:+x y}; echo $#
set -- ${x:+"x y" z}; echo $#
unset a; echo "${a[0]:-e0}" "${a[@]:-all}"

# Descriptors whose numbers are in elements of arrays.
exec {a[3]}>/tmp/xx; echo ${a[3]} ${!a[@]}; echo hi >&${a[3]}; exec {a[3]}>&-; read -r l < /tmp/xx; echo "$l"; i=2; exec {a[i]}</tmp/xx; read -u ${a[2]} l; echo $l; exec {a[i]}<&-; exec {a[9]}<&-; echo $?
declare -A m; exec {m[k]}</tmp/xx; echo "${m[k]}"; exec {m[k]}<&-; x=5; exec {x[0]}</tmp/xx; echo $x ${x[0]}; read -u $x l; echo $l; exec {x}<&-; exec {m[k]}<&-; echo $?; exec {b[$i]}</tmp/xx; echo ${!b[@]}
{ echo in; } {f}>/tmp/yy; echo $f; echo z >&$f; exec {f}>&-; exec {f}>&-; echo $?
coproc { read -r l; echo "$l"; echo end; }; echo hi >&${COPROC[1]}; exec {COPROC[1]}>&-; read -r l <&${COPROC[0]}; echo "$l"; wait; echo $?

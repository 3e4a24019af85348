for i in 1 2 3; do echo $i; done
for i in; do echo no; done; echo $?
set -- x y; for i; do echo $i; done; for i in "$@"; do echo $i; done
i=0; while [ $i -lt 3 ]; do i=$((i+1)); [ $i = 2 ] && continue; echo w$i; done
until [ $i -eq 0 ]; do i=$((i-1)); done; echo $i
for i in 1 2 3; do for j in a b; do [ $j = b ] && continue 2; echo $i$j; done; done
for i in 1 2; do for j in a b; do break 2; done; echo no; done; echo $i$j
while true; do break; done; echo $?
for i in 1 2; do false; done; echo $?
while false; do :; done; echo $?
break; echo $?
continue 2>/dev/null
for i in 1; do break 0; done; echo $?
for i in a b; do (break); echo $i; done
while read x y; do echo "$y $x"; done <<< $'1 2\n3 4'
for i in 1 2 3; do echo $i; done | while read n; do echo "n$n"; done

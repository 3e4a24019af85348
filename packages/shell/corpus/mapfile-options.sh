printf '1\n2\n3\n4\n' > f
mapfile -t a < f; echo "${a[@]}" ${#a[@]}
mapfile -t -n 2 a < f; echo "${a[@]}"
mapfile -t -s 1 -n 2 a < f; echo "${a[@]}"
readarray -t a < /dev/null; echo ${#a[@]}
mapfile -d : -t a <<< 'x:y:z'; printf '[%s]' "${a[@]}"

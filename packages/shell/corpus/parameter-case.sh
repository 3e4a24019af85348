s='hello World'
echo ${s^} ${s^^} ${s,} ${s,,} "${s^^[a-l]}" ${s^h} ${s^x}
S=ABC; echo ${S,} ${S,,} ${S,,B}
a=(ab cd); echo ${a[@]^} "${a[@]^^}"
set -- x y; echo ${@^^}
echo ${s@U} ${s@L} ${s@u} ${s@Q} 
n="it's"; echo "${n@Q}"

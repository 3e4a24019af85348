x=hello; echo ${#x} ${#} ${#@} ${#nope}
a=(one two); echo ${#a} ${#a[0]} ${#a[@]} ${#a[*]}
set -- a bb; echo ${#1} ${#2} $# ${#*}
u=é; echo ${#u}; e=; echo ${#e}

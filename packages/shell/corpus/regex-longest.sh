# POSIX takes the longest match, whatever alternative comes first; groups are those of that match.
try() { [[ $1 =~ $2 ]]; echo "$? <${BASH_REMATCH[*]}> ${#BASH_REMATCH[@]}"; }
try abcd 'a|ab|abc'
try foobar '(fo|foo)(bar)?'
try xaby '(a|ab)(c|bcd)?'
try abcd '(a|ab)(c|bcd)(d*)'
[[ ab =~ [[.a.]]b ]]; echo "$? ${BASH_REMATCH[0]}"
[[ a-b =~ ^[[=a=]][[.-.]]b$ ]]; echo $?
try ab '(a*)(ab)*b*'
try aaab '((a)|(b))*'
try 'key = value ' '^ *([^ =]+) *= *(.*[^ ]) *$'
try a '(*a)'
try a '[[:nope:]]'
try a 'a{2,1}'
try abab '(ab)\1'
try xyz ''
shopt -s nocasematch; try ABC 'a(b)c'

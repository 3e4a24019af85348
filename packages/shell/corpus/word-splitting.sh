x='  a  b   c '
set -- $x; echo $# "$@"
set -- "$x"; echo $#
set -- a$x; echo $#
set -- $x$x; echo $# "$1" "$4"
y=; set -- $y "$y" ''; echo $#
IFS=:; z='a::b:'; set -- $z; echo $# "$1|$2|$3|$4"
z=':a:b'; set -- $z; echo $# "$1|$2|$3"
IFS=' :'; z=' a : b :: c '; set -- $z; echo $#; printf '[%s]' "$@"; echo
IFS=; z='a b'; set -- $z; echo $#
unset IFS; set -- $z; echo $#
IFS=x; echo $(echo axbxc) "$(echo axb)"
IFS=,; a=(1 2 3); echo "${a[*]}" "${a[@]}" ${a[*]}

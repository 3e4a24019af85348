f() { echo "f $# $1"; return 3; echo no; }
f a b; echo $?
function g { echo g; }
g; g() { echo g2; }; g
h() { local x=in; echo $x; x=changed; k; echo $x; }; k() { echo "k sees $x"; x=k; }
x=out; h; echo $x
r() { [ $1 -le 0 ] && return; echo $1; r $(($1-1)); echo back $1; }; r 3
s() ( x=sub; echo $x; exit 4 ); s; echo $? $x
t() { return; }; false; t; echo $?
u() { set -- new; echo $1; }; set -- old; u; echo $1
v() if true; then echo body-if; fi; v
w1() { echo out; echo err >&2; } 2>/dev/null; w1
unset -f w1; w1; echo $?
return 5; echo "r $?"
echo "$(f z)" "${FUNCNAME[0]-nofunc}"
y() { echo ${FUNCNAME[0]} ${#FUNCNAME[@]}; }; y
z() { return 256; }; z; echo $?; z() { return -1; }; z; echo $?

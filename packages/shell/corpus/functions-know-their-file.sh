# A function's messages name the file that defined it; bash -c and standard input have names of their own for theirs.
echo 'g() { cd /nosuch; echo "${BASH_SOURCE[@]}|${FUNCNAME[@]}|${BASH_LINENO[@]}"; }
echo "${BASH_SOURCE[@]}|${FUNCNAME[@]}|${BASH_LINENO[@]}"
g; cd /nosuch' > defs
f() { cd /nosuch; echo "${BASH_SOURCE[@]}|${FUNCNAME[@]}|${BASH_LINENO[@]}"; g; }
. ./defs
f; g
h() { . ./defs; }; h
bash -c 'f() { cd /nosuch; echo "${BASH_SOURCE[@]}|${FUNCNAME[@]}|${BASH_LINENO[@]}"; }; f; cd /nosuch; . ./defs; g; echo "${BASH_SOURCE[@]}|${BASH_LINENO[@]}"'
bash < defs

echo() { builtin echo "wrapped $@"; }; echo hi; command echo raw; unset -f echo
type cd; type if; type nosuch; echo $?; type -t cd if cat nosuch; f() { :; }; type -t f
command -v cd; command -v nosuch; echo $?; command -v f
command nosuch; echo $?
cat() { echo mycat; }; cat; command cat < /dev/null; unset -f cat
builtin nosuch; echo $?
command true && echo t; command false || echo f

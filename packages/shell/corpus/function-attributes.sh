f() { :; }; g() { :; }; h() { :; }; export -f f; readonly -f g; declare -ft h
declare -f f g h nosuch; echo $?
declare -f; declare -F; declare -F f g h; declare -pf f; declare -pF f; declare -Fp
readonly -f; readonly -pf; export -pf; declare -fr; declare -ft; declare -Fx; declare -Fr
g() { echo new; }; echo $?; unset -f g; echo $?; unset g; echo $?
declare -f +x f; declare -F; declare +fx f; export -nf f; declare -fr +x f; declare -F
readonly -f nosuch; echo $?; export -f a=1; echo $?; declare -f a=1; echo $?; declare -fx nosuch; echo $?
trap 'echo debug' DEBUG; h; k() { echo in k; }; k; trap 'echo return' RETURN; h; k
declare -ft k; k; trap - DEBUG RETURN; declare +t -f h; declare -F; declare -fi h; echo $?; declare -fa h; echo $?

command -z; echo $?
command -v -- echo; echo $?
command -vz echo; echo $?
command -- echo a; echo $?
command -p echo a; echo $?
command; echo $?
builtin -z; echo $?
builtin -- echo a; echo $?
builtin; echo $?
builtin nope; echo $?
sleep 0 & disown -h %1; wait $!; echo $?
sleep 0 & disown -z; echo $?; wait
sleep 0 & disown -a; wait %1; echo $?
disown %9; echo $?
disown; echo $?
shopt -z; echo $?
shopt -qs nullglob; echo $?; shopt nullglob; shopt -u nullglob; shopt -q nullglob; echo $?
shopt -su nullglob; echo $?
shopt -s nope; echo $?
shopt -- nullglob; echo $?
shopt nullglob dotglob; echo $?
eval -z; echo $?
eval -- echo a; echo $?

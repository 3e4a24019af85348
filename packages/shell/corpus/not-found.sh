nosuch
echo $?
./nosuch; echo $?
/nope/x; echo $?
/dev; echo $?
echo > f; ./f; echo $?
nosuch arg | cat; echo ${PIPESTATUS[@]}
$(nosuch); echo $?
"" ; echo $?
nosuch &
wait $!; echo $?
x=$(nosuch 2>/dev/null) || echo failed
'a b'; echo $?

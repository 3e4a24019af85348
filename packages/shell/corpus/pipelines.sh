echo a | cat
echo a | cat | cat | cat
false | true; echo $? ${PIPESTATUS[@]}
true | false; echo $? "${PIPESTATUS[@]}"
(exit 3) | (exit 4) | true; echo ${PIPESTATUS[*]}
set -o pipefail; false | true; echo $?; (exit 3) | (exit 4) | true; echo $?; true | true; echo $?
set +o pipefail
! true; echo $?; ! false; echo $?; ! false | true; echo $?
x=1; echo 2 | read x; echo $x; echo 3 | { read y; echo $y; }; echo "[$y]"
echo err 2>&1 >&2 | cat
{ echo out; echo err >&2; } 2>&1 | cat
{ echo out; echo err >&2; } |& cat
echo x | while read l; do v=$l; done; echo "[$v]"
yes | head -2
if echo abc | cat > /dev/null; then echo piped; fi
cat < /dev/null | wc -c
true; echo ${PIPESTATUS[0]}; false; echo ${PIPESTATUS[0]}

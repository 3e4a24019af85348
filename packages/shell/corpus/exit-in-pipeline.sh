exit 3 | true; echo here ${PIPESTATUS[@]}
true | exit 4; echo here $?
{ exit 5; } | cat; echo ${PIPESTATUS[0]}
f() { exit 6; }; f | cat; echo ${PIPESTATUS[0]}

trap 'echo bye $?' EXIT
echo hi
(echo sub)
(trap 'echo subbye' EXIT; echo insub)
x=$(echo comsub); echo $x
exit 3

s=banana
echo ${s/a/o} ${s//a/o} ${s/#b/B} ${s/%a/A} ${s/x/y} ${s/a} ${s//a}
echo ${s/a*n/X} ${s//[an]/.} ${s/#a/x} "${s//a/ }"
p=/a/b/c; echo ${p//\//:} ${p/\/b/} "${p////-}"
r='&'; echo ${s/n/[&]} ${s/n/\&} "${s/n/[&]}" "${s/n/"[&]"}" ${s/n/$r}
set -- one two; echo "${@/o/0}"
a=(foo bar); echo ${a[@]/o/0} "${a[@]//[a-o]/x}"
e=; echo "[${e/x/y}]" "[${e/#/y}]" "${s/#/pre}" "${s/%/post}"
n=$'l1\nl2'; echo "${n//$'\n'/,}"

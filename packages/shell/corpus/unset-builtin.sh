x=1; unset x; echo "${x-gone}"
a=(1 2 3); unset 'a[1]'; echo ${a[@]} ${!a[@]}; unset a; echo "${a-gone}"
f() { echo f; }; unset f; f 2>/dev/null; echo $?
unset nope; echo $?
unset -v 1x; echo $?
g() { :; }; g=1; unset g; echo "${g-v}"; type -t g; unset -f g; type -t g || echo nof
a=(1 2); unset 'a[@]'; echo ${#a[@]}
unset 'a[-1]'; echo $?

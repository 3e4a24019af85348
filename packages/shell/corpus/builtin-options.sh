unset -fv x; echo $?
unset -vz x; echo $?
unset --foo; echo $?
trap -z; echo $?
trap -z INT; echo $?
trap -pz; echo $?
trap -- 'echo hi' EXIT; trap -p EXIT; trap - EXIT
cd -z; echo $?
cd -Pz /; echo $?
cd -LP /dev; pwd; cd -PL /; pwd -P; pwd -LP; pwd -x; echo $?
cd -L -P -- /; echo $?; cd -- -; echo $?
pwd extra; echo $?
mapfile -z; echo $?
mapfile -n; echo $?
mapfile -tn2 a <<< $'a\nb\nc'; echo "${a[@]}"
mapfile -td, a <<< 'x,y'; echo "${a[@]}"
readarray -z; echo $?
readarray -tu 7 a; echo $?
mapfile -n x a <<< a; echo $?
mapfile -u x a <<< a; echo $?
mapfile -s x a <<< a; echo $?
mapfile -u 9 a; echo $?
read -n; echo $?
read -rn 2 x <<< abc; echo $x
read -n x y <<< abc; echo $?
read -u x y <<< abc; echo $?
read -u 9 y <<< abc; echo $?
printf -z; echo $?
printf -v; echo $?
printf -vx 'a'; echo $x
printf -v x -- '-%s' a; echo $x
printf -v x -v y a; echo $x $y
printf -- -a; echo
wait -z; echo $?
wait -n -z; echo $?
wait --; echo $?
type -z; echo $?
type -t echo -a; echo $?
type -tz; echo $?
type -- echo

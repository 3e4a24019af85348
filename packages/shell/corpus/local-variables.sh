x=global y=gy
f() { local x y=ly; echo "[$x] [$y]"; x=1; g; echo $x; unset x; echo "[${x-unset}]"; }
g() { x=2; }
f; echo $x $y
h() { local -r c=5; c=6; echo no; }
h; echo $? "${c-none}"
i() { local a=(1 2) b; echo ${a[1]}; b=3; }; i; echo "${a-}" "${b-}"
j() { local z=$(false); echo $?; local w; w=$(false); echo $?; }; j
local q=1; echo $?
k() { declare d=1; declare -g e=2; }; k; echo "${d-no} ${e-no}"
l() { local x=$x; echo $x; }; l
export E=env; m() { local E=loc; printenv E; }; m; printenv E

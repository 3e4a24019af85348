: x y; f() { echo "[$_] $1"; : inner; }; f arg; echo "[$_]"
true d/e . && cd $_ && echo "$_"
x=1; echo "[$_]"; x=$(echo hi; echo sub); echo "[$_]"
cat /dev/null; echo "[$_]"
true | false zz; echo "[$_]"; (echo in "$_"; : subx); echo "[$_]"
echo a "b c"; echo "[$_]"; for i in 1 2; do :; done; echo "[$_]"; for i in 1 2; do : $i; done; echo "[$_]"
[[ a == b ]]; echo "[$_]"; ((1+1)); echo "[$_]"; if test a = a; then echo "[$_]"; fi; echo bg & wait; echo "[$_]"
: >/dev/null; echo "[$_]"; eval echo e1; echo "[$_]"; declare v=3; echo "[$_]"; export w=4 z; echo "[$_]"
echo "${_}x" y; _=5; echo "[$_]"; : k; echo "[$_]"; command echo cc; echo "[$_]"; builtin echo bb; echo "[$_]"; >/dev/null; echo "[$_]"; $(echo : hello); echo "[$_]"; case $_ in *) echo "[$_]";; esac
arr=(1 2); echo "[$_]"; read q <<< 1; echo "[$_]"; :; echo "[$_]"; set -u; echo "[${_}]"; read -r _ one <<< 'a b'; echo "$one"
for _ in 1 2; do echo x; done; set a b; echo $_

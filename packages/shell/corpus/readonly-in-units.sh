echo a; echo ${x!}; echo b
echo c
echo ${}; echo no
echo d
f() { local -r c=5; c=6; echo no; }
f; echo $?
echo e
readonly q=1
for q in a b; do echo in; done; echo "for $?"
echo f; q=2; echo no
echo "g $?"
(q=2; echo subno); echo "sub $?"
q=2 true; echo "env $?"
q=2 | cat; echo pipe
if q=2; then echo no; fi; echo no
echo h
((q=3)); echo "arith $?"
echo $((q=3)); echo no
echo i
read q <<< 5; echo r $?
local z; echo $?
eval 'q=5; echo no'; echo ev $?
g() { return 1 2; echo cont; }; g; echo no $?
echo j
a[q=2]=5; echo $?
echo k
export q=7; echo x $?
declare q=8; echo dd $?
h() { q=9; echo no; }
h; echo $?
echo l
exit 1 2; echo no
echo "m $?"
set -e
q=2
echo n

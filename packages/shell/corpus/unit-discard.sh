echo a; echo $((1/0)); echo b
echo c
f() { echo $((1/0)); echo no; }
f; echo no
echo d
for i in 1 2; do echo $i; echo $((1/0)); done
echo e $?
(echo $((1/0)); echo no); echo sub $?
x=$(echo $((1/0)); echo no); echo cs $? "[$x]"
echo $((1/0)) || echo no
echo f
if echo $((1/0)); then echo no; fi
echo g

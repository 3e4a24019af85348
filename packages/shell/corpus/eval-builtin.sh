x='echo "a b"'; eval $x; eval "$x"
eval 'y=5; echo $y'; echo $y
eval; echo $?; eval ''; echo $?; eval false; echo $?
n=v; eval "$n=1"; echo $v
eval 'for i in 1 2; do echo $i; done'
eval 'echo a;' 'echo b'
f() { eval 'return 3'; echo no; }; f; echo $?
for i in 1 2; do eval continue; echo no; done
eval 'echo "unterminated'; echo $?
eval 'if'; echo $?
eval 'echo $((1/0)); echo skipped
echo next'
echo end

check() {
  cat > t.sh
  bash t.sh < /dev/null
  echo "status $?"
}
check <<'STOP'
x=( $(echo ) 2 )
echo ${x[@]}
STOP
check <<'STOP'
echo "a $(echo b" c
echo z
STOP
check <<'STOP'
echo "a
b
STOP
check <<'STOP'
echo `a
b
STOP
check <<'STOP'
echo ${a
b
STOP
check <<'STOP'
echo $((1+2
b
STOP
check <<'STOP'
echo $(( 1 + 2 )
echo z
STOP
check <<'STOP'
((x=1)
echo z
STOP
check <<'STOP'
(( x = 1 + ))
echo $?
STOP
check <<'STOP'
((x
STOP
check <<'STOP'
echo $[1+2
STOP
check <<'STOP'
declare -A m=([a]=1 [b]=2); echo ${m[a]}; echo ${m[a]; echo z
STOP
check <<'STOP'
for ((i=0; i<3; i++) do echo $i; done
STOP
check <<'STOP'
for ((i=0; i<3; i++)); echo $i; done
STOP
check <<'STOP'
for ((i=0; i<3; i++)) { echo $i; }
STOP
check <<'STOP'
for ((i=0; i<3; i++;)); do echo $i; done
STOP
check <<'STOP'
y=$(echo a; echo b )); echo "$y"
STOP
check <<'STOP'
y=`echo a; if`; echo "$y $?"
STOP
check <<'STOP'
y=`echo "a`; echo "$y $?"
STOP
check <<'STOP'
echo a `echo b; echo )` c; echo $?
STOP
check <<'STOP'
echo $(
STOP
check <<'STOP'
echo $(echo a
STOP
check <<'STOP'
echo "$(echo "a)"
STOP
check <<'STOP'
cat <(echo a
STOP
check <<'STOP'
cat <(echo a))
STOP
check <<'STOP'
echo a \
  "b
c
STOP
check <<'STOP'
x=$(( 1 + $(echo 2 ) )); echo $x; echo $(( $(echo 3 ) + 1 )) ; echo $((1 + (2 * 3)))
STOP
check <<'STOP'
(( 1 + 2 )) | cat; ((echo a); echo b); ( (echo c) )
STOP
check <<'STOP'
echo a#b #c "d
echo z
STOP
check <<'STOP'
echo $'a\'b' $"x"
echo $'a
STOP
check <<'STOP'
declare x=(1 2) y=3 z=(4)
echo ${x[1]} $y ${z[0]}
declare q=(a ( b )
echo after
STOP
check <<'STOP'
export A=(
1
2
) B=2; echo ${A[1]} $B
STOP
check <<'STOP'
a=([0]=x [1]=y z); echo ${a[@]}
a=([0]=x [1=y])
echo z
STOP
check <<'STOP'
echo ${x:-"a}
STOP
check <<'STOP'
echo "${x:-'a}"
STOP
check <<'STOP'
echo ${x//\"/y} ${x#'} 
STOP
check <<'STOP'
echo "abc" | while read x; do echo $x done
STOP
check <<'STOP'
if (( x == 1 )) then echo a; else echo b; fi
STOP
check <<'STOP'
echo "unterminated in function"
f() { echo "x; }
f
STOP
check <<'STOP'
# comment with ' quote
echo a # another "
echo b
STOP
check <<'STOP'
echo `echo \`echo a\` b`
echo `echo \`fi\` b`
echo z $?
STOP

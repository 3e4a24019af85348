check() {
  cat > t.sh
  bash t.sh < /dev/null
  echo "status $?"
}
check <<'STOP'
x=1; if [ $x = 1 ] then echo a; fi
echo z
STOP
check <<'STOP'
if ! then echo; fi
STOP
check <<'STOP'
echo a | | echo b
STOP
check <<'STOP'
echo a || || echo b
STOP
check <<'STOP'
echo a && || echo b
STOP
check <<'STOP'
echo a ;; echo b
STOP
check <<'STOP'
echo a; ; echo b
STOP
check <<'STOP'
| echo a
STOP
check <<'STOP'
& echo a
STOP
check <<'STOP'
; echo a
STOP
check <<'STOP'
echo a &; echo b
STOP
check <<'STOP'
echo a & & echo b
STOP
check <<'STOP'
elif true; then echo; fi
STOP
check <<'STOP'
if true; then echo a; else if false; then echo b; fi
STOP
check <<'STOP'
if true; then; echo a; fi
STOP
check <<'STOP'
if true; then fi
STOP
check <<'STOP'
( )
echo z
STOP
check <<'STOP'
{ }
echo z
STOP
check <<'STOP'
{ echo a; 
STOP
check <<'STOP'
( echo a
STOP
check <<'STOP'
echo )
STOP
check <<'STOP'
echo a)
STOP
check <<'STOP'
echo 'a
b
STOP
check <<'STOP'
echo > 
echo z
STOP
check <<'STOP'
echo > ; echo z
STOP
check <<'STOP'
echo 2>&
STOP
check <<'STOP'
echo >&2 >
STOP
check <<'STOP'
echo < < a
STOP
check <<'STOP'
echo a > b c (d)
STOP
check <<'STOP'
x[1=3
echo z
STOP
check <<'STOP'
[ a = b
echo $?
STOP
check <<'STOP'
[ a = b ]]
echo $?
STOP
check <<'STOP'
test a = b ]
echo $?
STOP
check <<'STOP'
time
echo a
time | cat
STOP
check <<'STOP'
! 
echo $?
! | cat
STOP
check <<'STOP'
echo a; fi; echo b
STOP
check <<'STOP'
echo a
echo b; done
echo c
STOP
check <<'STOP'
done
STOP
check <<'STOP'
echo a \
  | | b
STOP
check <<'STOP'
! ! true; echo $?
if ! ! true; then echo y; fi
STOP
check <<'STOP'
dd if=/dev/zero of=/dev/null count=1 (
STOP
check <<'STOP'
multipath -ll | grep ( foo
STOP
check <<'STOP'
if [ -b /dev/sda ]; then echo yes; esle echo no; fi
STOP
check <<'STOP'
echo done; echo fi; echo then
if=3; echo $if
STOP
check <<'STOP'
{ echo a; } { echo b; }
STOP
check <<'STOP'
( echo a ) ( echo b )
STOP
check <<'STOP'
( echo a ) echo b
STOP
check <<'STOP'
if true; then echo a; fi echo b
STOP
check <<'STOP'
alias ll='ls
echo z
STOP
check <<'STOP'
echo {a,b; echo z
STOP

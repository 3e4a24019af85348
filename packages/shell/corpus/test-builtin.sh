[ a = a ] && echo 1; [ a != b ] && echo 2; [ -z "" ] && echo 3; [ -n x ] && echo 4
[ 1 -lt 2 -a 2 -gt 1 ] && echo 5; [ 1 -eq 2 -o 1 -le 1 ] && echo 6; [ ! a = b ] && echo 7
[ \( a = a \) ] && echo 8; [ x ] && echo 9; [ "" ] || echo 10; [ ] || echo 11
[ a \< b ] && echo 12; [ -d /dev ] && echo 13; [ -e /nope ] || echo 14; [ -c /dev/null ] && echo 15
echo > f; [ -f f -a -s f ] && echo 16; [ -r f ] && echo 17; > e; [ -s e ] || echo 18; [ -x f ] || echo 19
test a = b; echo $?
[ -n ] && echo 20; [ ! "" ] && echo 21; [ = ] && echo 22; [ ! ] && echo 22b
[ -v PATH ] && echo 23; [ -v nope ] || echo 24; [ ' 5 ' -eq 5 ] && echo 25; [ -5 -lt 3 ] && echo 26
[ a = a; echo $?
[ a b ]; echo $?
[ 1 -eq x ]; echo $?
[ a b c ]; echo $?
[ a = b c ]; echo $?
[ 1 2 3 4 5 ]; echo $?
[ -q x ]; echo $?
[ a -eq 1 ]; echo $?
x=; [ $x = a ]; echo $?
[ -f f -a ]; echo $?
[ ! -f nope ] && echo n; [ ! ! a ] && echo dbl

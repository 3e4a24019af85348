# What busybox's awk says of a program that is wrong.
a() { printf 'a b\n' | awk "$@" 2>&1; echo "rc $?"; }
echo '== program 1'; a 'BEGIN { print() }'
echo '== program 2'; a 'BEGIN { x = () }'
echo '== program 3'; a 'func f(a,) { print a } BEGIN { f(1) }'
echo '== program 4'; a 'BEGIN { f(1,) }
function f(a) { print a }'
echo '== program 5'; a 'BEGIN { x=1
 y = g(2)
 z = 3
}'
echo '== program 6'; a '{ x = 
 }'
echo '== program 7'; a 'BEGIN { printf() }'
echo '== program 8'; a 'BEGIN { print (1)(2) }'
echo '== program 9'; a 'BEGIN { if (x { print } }'
echo '== program 10'; a 'BEGIN { print "a }'
echo '== program 11'; a 'BEGIN { print /a }'
echo '== program 12'; a 'BEGIN { print x y'
echo '== program 13'; a 'BEGIN { getline x < }'
echo '== program 14'; a '{ print $1 '
echo '== program 15'; a 'BEGIN { a[1 = 2 }'
echo '== program 16'; a 'function f { }'
echo '== program 17'; a 'BEGIN { return 1 }'
echo '== program 18'; a 'BEGIN { print substr("a") }'
echo '== program 19'; a 'BEGIN { foo bar baz }'
echo '== program 20'; a 'BEGIN { 1 = 2 }'
echo '== program 21'; a 'BEGIN { print length }'
echo '== program 22'; a '}'
echo '== program 23'; a 'BEGIN { print 1; ; print 2 }'
echo '== program 24'; a 'BEGIN { switch (x) { case 1: } }'
echo '== program 25'; a 'function f(a) { return a } function f(b) { }'
echo '== program 26'; a 'BEGIN{
print 1
print 2
h(3) }'
echo '== program 27'; a '
{ print 1 }
{ q() }'

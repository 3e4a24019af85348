# names: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
printf %b $'one 1\ntwo 2\nthree 3\n' > a
printf %b $'a,b,c\n1,2,3\nno\n' > csv
mkdir d
printf %b $'{print $1}\n' > p
printf %b $'     100        0      800       12       34       56\n' > stat
}
setup; echo; echo '== basename /a/b/c'; printf %b $'in put\n' | basename /a/b/c; echo "rc=$?"
setup; echo; echo '== basename /a/b.c .c'; printf %b $'in put\n' | basename /a/b.c .c; echo "rc=$?"
setup; echo; echo '== basename'; printf %b $'in put\n' | basename; echo "rc=$?"
setup; echo; echo '== basename a b c'; printf %b $'in put\n' | basename a b c; echo "rc=$?"
setup; echo; echo '== basename /'; printf %b $'in put\n' | basename /; echo "rc=$?"
setup; echo; echo '== basename a/'; printf %b $'in put\n' | basename a/; echo "rc=$?"
setup; echo; echo '== basename -a x/y z/w'; printf %b $'in put\n' | basename -a x/y z/w; echo "rc=$?"
setup; echo; echo '== basename -s .c x.c y.c'; printf %b $'in put\n' | basename -s .c x.c y.c; echo "rc=$?"
setup; echo; echo '== dirname /a/b/c'; printf %b $'in put\n' | dirname /a/b/c; echo "rc=$?"
setup; echo; echo '== dirname a'; printf %b $'in put\n' | dirname a; echo "rc=$?"
setup; echo; echo '== dirname /'; printf %b $'in put\n' | dirname /; echo "rc=$?"
setup; echo; echo '== dirname a/b/'; printf %b $'in put\n' | dirname a/b/; echo "rc=$?"
setup; echo; echo '== dirname'; printf %b $'in put\n' | dirname; echo "rc=$?"
setup; echo; echo '== dirname //a'; printf %b $'in put\n' | dirname //a; echo "rc=$?"
setup; echo; echo '== dirname a b/c'; printf %b $'in put\n' | dirname a b/c; echo "rc=$?"

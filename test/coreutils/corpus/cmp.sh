# cmp: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
printf %b $'one\ntwo\nthree\n' > a
printf %b $'x y z\n  lead\n\n\ntab\there' > b
printf %b $'\\0000\x01\\0377abc\n\\0200zz' > bin
mkdir d
printf %b $'10\n9\n2\n1\n2\n' > nums
printf %b $'a,b,c\n1,2,3\nno\n' > csv
printf %b $'one\ntwo\n' > a2
printf %b $'one\ntw' > a3
printf %b $'' > empty
}
setup; echo; echo '== cmp a a'; printf %b $'one\ntwo\n' | cmp a a; echo "rc=$?"
setup; echo; echo '== cmp a b'; printf %b $'one\ntwo\n' | cmp a b; echo "rc=$?"
setup; echo; echo '== cmp -s a b'; printf %b $'one\ntwo\n' | cmp -s a b; echo "rc=$?"
setup; echo; echo '== cmp -l a nums'; printf %b $'one\ntwo\n' | cmp -l a nums; echo "rc=$?"
setup; echo; echo '== cmp -n 2 a nums'; printf %b $'one\ntwo\n' | cmp -n 2 a nums; echo "rc=$?"
setup; echo; echo '== cmp a nope'; printf %b $'one\ntwo\n' | cmp a nope; echo "rc=$?"
setup; echo; echo '== cmp'; printf %b $'one\ntwo\n' | cmp; echo "rc=$?"
setup; echo; echo '== cmp a'; printf %b $'one\ntwo\n' | cmp a; echo "rc=$?"
setup; echo; echo '== cmp a bin'; printf %b $'one\ntwo\n' | cmp a bin; echo "rc=$?"
setup; echo; echo '== cmp a d'; printf %b $'one\ntwo\n' | cmp a d; echo "rc=$?"
setup; echo; echo '== cmp -i 1 a a'; printf %b $'one\ntwo\n' | cmp -i 1 a a; echo "rc=$?"; ls -F; cat ./* 2>&1
setup; echo; echo '== cmp -b a b'; printf %b $'one\ntwo\n' | cmp -b a b; echo "rc=$?"
setup; echo; echo '== cmp a a2'; printf %b $'one\ntwo\n' | cmp a a2; echo "rc=$?"
setup; echo; echo '== cmp a2 a'; printf %b $'one\ntwo\n' | cmp a2 a; echo "rc=$?"
setup; echo; echo '== cmp -s a a2'; printf %b $'one\ntwo\n' | cmp -s a a2; echo "rc=$?"
setup; echo; echo '== cmp a empty'; printf %b $'one\ntwo\n' | cmp a empty; echo "rc=$?"
setup; echo; echo '== cmp empty a'; printf %b $'one\ntwo\n' | cmp empty a; echo "rc=$?"
setup; echo; echo '== cmp -l a a2'; printf %b $'one\ntwo\n' | cmp -l a a2; echo "rc=$?"
setup; echo; echo '== cmp -n 3 a a2'; printf %b $'one\ntwo\n' | cmp -n 3 a a2; echo "rc=$?"
setup; echo; echo '== cmp a a3'; printf %b $'one\ntwo\n' | cmp a a3; echo "rc=$?"
setup; echo; echo '== cmp -z a b'; printf %b $'one\ntwo\n' | cmp -z a b; echo "rc=$?"
setup; echo; echo '== cmp -lb a nums'; printf %b $'one\ntwo\n' | cmp -lb a nums; echo "rc=$?"
cmp -s nosuch /dev/null; echo $?; cmp nosuch /dev/null; echo $?

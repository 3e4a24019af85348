# sleep: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
printf %b $'one\ntwo\nthree\n' > a
printf %b $'x y z\n  lead\n\n\ntab\there' > b
printf %b $'\\0000\x01\\0377abc\n\\0200zz' > bin
mkdir d
printf %b $'10\n9\n2\n1\n2\n' > nums
printf %b $'a,b,c\n1,2,3\nno\n' > csv
}
setup; echo; echo '== true'; printf %b $'' | true; echo "rc=$?"
setup; echo; echo '== false'; printf %b $'' | false; echo "rc=$?"
setup; echo; echo '== true x'; printf %b $'' | true x; echo "rc=$?"
setup; echo; echo '== sleep'; printf %b $'' | sleep; echo "rc=$?"
setup; echo; echo '== sleep x'; printf %b $'' | sleep x; echo "rc=$?"
setup; echo; echo '== sleep -1'; printf %b $'' | sleep -1; echo "rc=$?"
setup; echo; echo '== sleep 0 0.001'; printf %b $'' | sleep 0 0.001; echo "rc=$?"

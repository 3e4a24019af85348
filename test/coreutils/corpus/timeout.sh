# timeout: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
printf %b $'one\ntwo\nthree\n' > a
printf %b $'x y z\n  lead\n\n\ntab\there' > b
printf %b $'\\0000\x01\\0377abc\n\\0200zz' > bin
mkdir d
printf %b $'10\n9\n2\n1\n2\n' > nums
printf %b $'a,b,c\n1,2,3\nno\n' > csv
}
setup; echo; echo '== timeout'; printf %b $'' | timeout; echo "rc=$?"
setup; echo; echo '== timeout 1'; printf %b $'' | timeout 1; echo "rc=$?"
setup; echo; echo '== timeout x y'; printf %b $'' | timeout x y; echo "rc=$?"
setup; echo; echo '== timeout 1 nope'; printf %b $'' | timeout 1 nope; echo "rc=$?"
setup; echo; echo '== timeout 0.1 sleep 1'; printf %b $'' | timeout 0.1 sleep 1; echo "rc=$?"
setup; echo; echo '== timeout 1 true'; printf %b $'' | timeout 1 true; echo "rc=$?"
setup; echo; echo '== timeout 1 false'; printf %b $'' | timeout 1 false; echo "rc=$?"
setup; echo; echo '== timeout --preserve-status 0.1 sleep 1'; printf %b $'' | timeout --preserve-status 0.1 sleep 1; echo "rc=$?"
setup; echo; echo '== timeout -k 1 0.1 sleep 1'; printf %b $'' | timeout -k 1 0.1 sleep 1; echo "rc=$?"
setup; echo; echo '== timeout -s FOO 1 true'; printf %b $'' | timeout -s FOO 1 true; echo "rc=$?"
setup; echo; echo '== timeout -v 0.1 sleep 1'; printf %b $'' | timeout -v 0.1 sleep 1; echo "rc=$?"
setup; echo; echo '== timeout 1 cat a'; printf %b $'' | timeout 1 cat a; echo "rc=$?"
setup; echo; echo '== timeout -z 1 x'; printf %b $'' | timeout -z 1 x; echo "rc=$?"
setup; echo; echo '== timeout --preserve-status -s INT 0.1 sleep 1'; printf %b $'' | timeout --preserve-status -s INT 0.1 sleep 1; echo "rc=$?"
setup; echo; echo '== timeout 0 true'; printf %b $'' | timeout 0 true; echo "rc=$?"

# head: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
printf %b $'one\ntwo\nthree\n' > a
printf %b $'x y z\n  lead\n\n\ntab\there' > b
printf %b $'\\0000\x01\\0377abc\n\\0200zz' > bin
mkdir d
printf %b $'10\n9\n2\n1\n2\n' > nums
printf %b $'a,b,c\n1,2,3\nno\n' > csv
}
setup; echo; echo '== head -n 2 a'; printf %b $'hello wood\nfoo bar\n' | head -n 2 a; echo "rc=$?"
setup; echo; echo '== head -2 a'; printf %b $'hello wood\nfoo bar\n' | head -2 a; echo "rc=$?"
setup; echo; echo '== head -c 5 a'; printf %b $'hello wood\nfoo bar\n' | head -c 5 a; echo "rc=$?"
setup; echo; echo '== head -n -1 a'; printf %b $'hello wood\nfoo bar\n' | head -n -1 a; echo "rc=$?"
setup; echo; echo '== head -c -2 a'; printf %b $'hello wood\nfoo bar\n' | head -c -2 a; echo "rc=$?"
setup; echo; echo '== head a b'; printf %b $'hello wood\nfoo bar\n' | head a b; echo "rc=$?"
setup; echo; echo '== head -q a b'; printf %b $'hello wood\nfoo bar\n' | head -q a b; echo "rc=$?"
setup; echo; echo '== head nope'; printf %b $'hello wood\nfoo bar\n' | head nope; echo "rc=$?"
setup; echo; echo '== head d'; printf %b $'hello wood\nfoo bar\n' | head d; echo "rc=$?"
setup; echo; echo '== head -n x'; printf %b $'hello wood\nfoo bar\n' | head -n x; echo "rc=$?"
setup; echo; echo '== head -n 0 a'; printf %b $'hello wood\nfoo bar\n' | head -n 0 a; echo "rc=$?"
setup; echo; echo '== head --lines=1 a'; printf %b $'hello wood\nfoo bar\n' | head --lines=1 a; echo "rc=$?"
setup; echo; echo '== head -c 1K bin'; printf %b $'hello wood\nfoo bar\n' | head -c 1K bin; echo "rc=$?"
setup; echo; echo '== head -v a'; printf %b $'hello wood\nfoo bar\n' | head -v a; echo "rc=$?"
setup; echo; echo '== head -n1 nope a'; printf %b $'hello wood\nfoo bar\n' | head -n1 nope a; echo "rc=$?"

# tail: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
printf %b $'one\ntwo\nthree\n' > a
printf %b $'x y z\n  lead\n\n\ntab\there' > b
printf %b $'\\0000\x01\\0377abc\n\\0200zz' > bin
mkdir d
printf %b $'10\n9\n2\n1\n2\n' > nums
printf %b $'a,b,c\n1,2,3\nno\n' > csv
}
setup; echo; echo '== tail -n 2 a'; printf %b $'hello wood\nfoo bar\n' | tail -n 2 a; echo "rc=$?"
setup; echo; echo '== tail -2 a'; printf %b $'hello wood\nfoo bar\n' | tail -2 a; echo "rc=$?"
setup; echo; echo '== tail -n +2 a'; printf %b $'hello wood\nfoo bar\n' | tail -n +2 a; echo "rc=$?"
setup; echo; echo '== tail +2 a'; printf %b $'hello wood\nfoo bar\n' | tail +2 a; echo "rc=$?"
setup; echo; echo '== tail -c 4 a'; printf %b $'hello wood\nfoo bar\n' | tail -c 4 a; echo "rc=$?"
setup; echo; echo '== tail -c +3 a'; printf %b $'hello wood\nfoo bar\n' | tail -c +3 a; echo "rc=$?"
setup; echo; echo '== tail a b'; printf %b $'hello wood\nfoo bar\n' | tail a b; echo "rc=$?"
setup; echo; echo '== tail nope'; printf %b $'hello wood\nfoo bar\n' | tail nope; echo "rc=$?"
setup; echo; echo '== tail -n 0 a'; printf %b $'hello wood\nfoo bar\n' | tail -n 0 a; echo "rc=$?"
setup; echo; echo '== tail -n x'; printf %b $'hello wood\nfoo bar\n' | tail -n x; echo "rc=$?"
setup; echo; echo '== tail d'; printf %b $'hello wood\nfoo bar\n' | tail d; echo "rc=$?"
setup; echo; echo '== tail -n 1 b'; printf %b $'hello wood\nfoo bar\n' | tail -n 1 b; echo "rc=$?"

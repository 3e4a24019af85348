# wc: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
printf %b $'one\ntwo\nthree\n' > a
printf %b $'x y z\n  lead\n\n\ntab\there' > b
printf %b $'\\0000\x01\\0377abc\n\\0200zz' > bin
mkdir d
printf %b $'10\n9\n2\n1\n2\n' > nums
printf %b $'a,b,c\n1,2,3\nno\n' > csv
}
setup; echo; echo '== wc a'; printf %b $'hello wood\nfoo bar\n' | wc a; echo "rc=$?"
setup; echo; echo '== wc a b'; printf %b $'hello wood\nfoo bar\n' | wc a b; echo "rc=$?"
setup; echo; echo '== wc -l a'; printf %b $'hello wood\nfoo bar\n' | wc -l a; echo "rc=$?"
setup; echo; echo '== wc -l'; printf %b $'hello wood\nfoo bar\n' | wc -l; echo "rc=$?"
setup; echo; echo '== wc -c a'; printf %b $'hello wood\nfoo bar\n' | wc -c a; echo "rc=$?"
setup; echo; echo '== wc'; printf %b $'hello wood\nfoo bar\n' | wc; echo "rc=$?"
setup; echo; echo '== wc -w b'; printf %b $'hello wood\nfoo bar\n' | wc -w b; echo "rc=$?"
setup; echo; echo '== wc nope a'; printf %b $'hello wood\nfoo bar\n' | wc nope a; echo "rc=$?"
setup; echo; echo '== wc -m a'; printf %b $'hello wood\nfoo bar\n' | wc -m a; echo "rc=$?"
setup; echo; echo '== wc -L b'; printf %b $'hello wood\nfoo bar\n' | wc -L b; echo "rc=$?"
setup; echo; echo '== wc -lw a'; printf %b $'hello wood\nfoo bar\n' | wc -lw a; echo "rc=$?"
setup; echo; echo '== wc bin'; printf %b $'hello wood\nfoo bar\n' | wc bin; echo "rc=$?"

# cut: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
printf %b $'one\ntwo\nthree\n' > a
printf %b $'x y z\n  lead\n\n\ntab\there' > b
printf %b $'\\0000\x01\\0377abc\n\\0200zz' > bin
mkdir d
printf %b $'10\n9\n2\n1\n2\n' > nums
printf %b $'a,b,c\n1,2,3\nno\n' > csv
}
setup; echo; echo '== cut -d, -f2 csv'; printf %b $'hello wood\nfoo bar\n' | cut -d, -f2 csv; echo "rc=$?"
setup; echo; echo '== cut -d, -f2- csv'; printf %b $'hello wood\nfoo bar\n' | cut -d, -f2- csv; echo "rc=$?"
setup; echo; echo '== cut -d, -f1,3 csv'; printf %b $'hello wood\nfoo bar\n' | cut -d, -f1,3 csv; echo "rc=$?"
setup; echo; echo '== cut -d, -s -f2 csv'; printf %b $'hello wood\nfoo bar\n' | cut -d, -s -f2 csv; echo "rc=$?"
setup; echo; echo '== cut -c2-3 a'; printf %b $'hello wood\nfoo bar\n' | cut -c2-3 a; echo "rc=$?"
setup; echo; echo '== cut -c-2 a'; printf %b $'hello wood\nfoo bar\n' | cut -c-2 a; echo "rc=$?"
setup; echo; echo '== cut -f1 b'; printf %b $'hello wood\nfoo bar\n' | cut -f1 b; echo "rc=$?"
setup; echo; echo '== cut'; printf %b $'hello wood\nfoo bar\n' | cut; echo "rc=$?"
setup; echo; echo '== cut -f 0 a'; printf %b $'hello wood\nfoo bar\n' | cut -f 0 a; echo "rc=$?"
setup; echo; echo '== cut -f a a'; printf %b $'hello wood\nfoo bar\n' | cut -f a a; echo "rc=$?"
setup; echo; echo '== cut -d ab -f1 a'; printf %b $'hello wood\nfoo bar\n' | cut -d ab -f1 a; echo "rc=$?"
setup; echo; echo '== cut -d, --output-delimiter=: -f1-3 csv'; printf %b $'hello wood\nfoo bar\n' | cut -d, --output-delimiter=: -f1-3 csv; echo "rc=$?"
setup; echo; echo '== cut --complement -d, -f2 csv'; printf %b $'hello wood\nfoo bar\n' | cut --complement -d, -f2 csv; echo "rc=$?"
setup; echo; echo '== cut -c1,3 a'; printf %b $'hello wood\nfoo bar\n' | cut -c1,3 a; echo "rc=$?"
setup; echo; echo '== cut -b 2 a'; printf %b $'hello wood\nfoo bar\n' | cut -b 2 a; echo "rc=$?"
setup; echo; echo '== cut -f -'; printf %b $'hello wood\nfoo bar\n' | cut -f -; echo "rc=$?"
setup; echo; echo '== cut -f 3-1 a'; printf %b $'hello wood\nfoo bar\n' | cut -f 3-1 a; echo "rc=$?"
setup; echo; echo '== cut -c 0'; printf %b $'hello wood\nfoo bar\n' | cut -c 0; echo "rc=$?"
setup; echo; echo '== cut -f'; printf %b $'hello wood\nfoo bar\n' | cut -f; echo "rc=$?"
setup; echo; echo '== cut -d" " -f2 b'; printf %b $'hello wood\nfoo bar\n' | cut '-d"' '"' -f2 b; echo "rc=$?"
setup; echo; echo '== cut -c1-2,2-3,5 --output-delimiter=: a'; printf %b $'hello wood\nfoo bar\n' | cut -c1-2,2-3,5 --output-delimiter=: a; echo "rc=$?"

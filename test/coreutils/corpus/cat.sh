# cat: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
printf %b $'one\ntwo\nthree\n' > a
printf %b $'x y z\n  lead\n\n\ntab\there' > b
printf %b $'\\0000\x01\\0377abc\n\\0200zz' > bin
mkdir d
printf %b $'10\n9\n2\n1\n2\n' > nums
printf %b $'a,b,c\n1,2,3\nno\n' > csv
}
setup; echo; echo '== cat a b'; printf %b $'hello wood\nfoo bar\n' | cat a b; echo "rc=$?"
setup; echo; echo '== cat -n a b'; printf %b $'hello wood\nfoo bar\n' | cat -n a b; echo "rc=$?"
setup; echo; echo '== cat -A b'; printf %b $'hello wood\nfoo bar\n' | cat -A b; echo "rc=$?"
setup; echo; echo '== cat -A bin'; printf %b $'hello wood\nfoo bar\n' | cat -A bin; echo "rc=$?"
setup; echo; echo '== cat nope a'; printf %b $'hello wood\nfoo bar\n' | cat nope a; echo "rc=$?"
setup; echo; echo '== cat d'; printf %b $'hello wood\nfoo bar\n' | cat d; echo "rc=$?"
setup; echo; echo '== cat -b b'; printf %b $'hello wood\nfoo bar\n' | cat -b b; echo "rc=$?"
setup; echo; echo '== cat -s b'; printf %b $'hello wood\nfoo bar\n' | cat -s b; echo "rc=$?"
setup; echo; echo '== cat -z'; printf %b $'hello wood\nfoo bar\n' | cat -z; echo "rc=$?"
setup; echo; echo '== cat --zz'; printf %b $'hello wood\nfoo bar\n' | cat --zz; echo "rc=$?"
setup; echo; echo '== cat --numb a'; printf %b $'hello wood\nfoo bar\n' | cat --numb a; echo "rc=$?"
setup; echo; echo '== cat -E a'; printf %b $'hello wood\nfoo bar\n' | cat -E a; echo "rc=$?"
setup; echo; echo '== cat - a'; printf %b $'hello wood\nfoo bar\n' | cat - a; echo "rc=$?"

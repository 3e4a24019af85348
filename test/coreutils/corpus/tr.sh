# tr: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
printf %b $'one\ntwo\nthree\n' > a
printf %b $'x y z\n  lead\n\n\ntab\there' > b
printf %b $'\\0000\x01\\0377abc\n\\0200zz' > bin
mkdir d
printf %b $'10\n9\n2\n1\n2\n' > nums
printf %b $'a,b,c\n1,2,3\nno\n' > csv
}
setup; echo; echo '== tr a-z A-Z'; printf %b $'hello wood\nfoo bar\n' | tr a-z A-Z; echo "rc=$?"
setup; echo; echo '== tr -d o'; printf %b $'hello wood\nfoo bar\n' | tr -d o; echo "rc=$?"
setup; echo; echo '== tr -s e'; printf %b $'hello wood\nfoo bar\n' | tr -s e; echo "rc=$?"
setup; echo; echo '== tr -cd a-z'; printf %b $'hello wood\nfoo bar\n' | tr -cd a-z; echo "rc=$?"
setup; echo; echo '== tr [:lower:] [:upper:]'; printf %b $'hello wood\nfoo bar\n' | tr '[:lower:]' '[:upper:]'; echo "rc=$?"
setup; echo; echo '== tr'; printf %b $'hello wood\nfoo bar\n' | tr; echo "rc=$?"
setup; echo; echo '== tr a'; printf %b $'hello wood\nfoo bar\n' | tr a; echo "rc=$?"
setup; echo; echo '== tr a b c'; printf %b $'hello wood\nfoo bar\n' | tr a b c; echo "rc=$?"
setup; echo; echo '== tr -d a b'; printf %b $'hello wood\nfoo bar\n' | tr -d a b; echo "rc=$?"
setup; echo; echo '== tr o'; printf %b $'hello wood\nfoo bar\n' | tr o; echo "rc=$?"
setup; echo; echo '== tr abc x'; printf %b $'hello wood\nfoo bar\n' | tr abc x; echo "rc=$?"
setup; echo; echo '== tr -t abc x'; printf %b $'hello wood\nfoo bar\n' | tr -t abc x; echo "rc=$?"
setup; echo; echo '== tr \n ,'; printf %b $'hello wood\nfoo bar\n' | tr '\n' ,; echo "rc=$?"
setup; echo; echo '== tr -c a-z\n .'; printf %b $'hello wood\nfoo bar\n' | tr -c 'a-z\n' .; echo "rc=$?"
setup; echo; echo '== tr z-a x'; printf %b $'hello wood\nfoo bar\n' | tr z-a x; echo "rc=$?"
setup; echo; echo '== tr [:foo:] x'; printf %b $'hello wood\nfoo bar\n' | tr '[:foo:]' x; echo "rc=$?"
setup; echo; echo '== tr a [b*]'; printf %b $'hello wood\nfoo bar\n' | tr a '[b*]'; echo "rc=$?"
setup; echo; echo '== tr -ds o e'; printf %b $'hello wood\nfoo bar\n' | tr -ds o e; echo "rc=$?"
setup; echo; echo '== tr -s a-z X'; printf %b $'hello wood\nfoo bar\n' | tr -s a-z X; echo "rc=$?"
setup; echo; echo '== tr \141 Q'; printf %b $'hello wood\nfoo bar\n' | tr '\141' Q; echo "rc=$?"
setup; echo; echo '== tr -dc [:alnum:]_\n-'; printf %b $'hello wood\nfoo bar\n' | tr -dc '[:alnum:]_\n-'; echo "rc=$?"

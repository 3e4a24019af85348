# uniq: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
printf %b $'one\ntwo\nthree\n' > a
printf %b $'x y z\n  lead\n\n\ntab\there' > b
printf %b $'\\0000\x01\\0377abc\n\\0200zz' > bin
mkdir d
printf %b $'10\n9\n2\n1\n2\n' > nums
printf %b $'a,b,c\n1,2,3\nno\n' > csv
}
setup; echo; echo '== uniq'; printf %b $'a\na\nA\nb 1\nc 1\nc 1\nd' | uniq; echo "rc=$?"
setup; echo; echo '== uniq -c'; printf %b $'a\na\nA\nb 1\nc 1\nc 1\nd' | uniq -c; echo "rc=$?"
setup; echo; echo '== uniq -d'; printf %b $'a\na\nA\nb 1\nc 1\nc 1\nd' | uniq -d; echo "rc=$?"
setup; echo; echo '== uniq -u'; printf %b $'a\na\nA\nb 1\nc 1\nc 1\nd' | uniq -u; echo "rc=$?"
setup; echo; echo '== uniq -i'; printf %b $'a\na\nA\nb 1\nc 1\nc 1\nd' | uniq -i; echo "rc=$?"
setup; echo; echo '== uniq -D'; printf %b $'a\na\nA\nb 1\nc 1\nc 1\nd' | uniq -D; echo "rc=$?"
setup; echo; echo '== uniq -f1'; printf %b $'a\na\nA\nb 1\nc 1\nc 1\nd' | uniq -f1; echo "rc=$?"
setup; echo; echo '== uniq -s1'; printf %b $'a\na\nA\nb 1\nc 1\nc 1\nd' | uniq -s1; echo "rc=$?"
setup; echo; echo '== uniq -w1'; printf %b $'a\na\nA\nb 1\nc 1\nc 1\nd' | uniq -w1; echo "rc=$?"
setup; echo; echo '== uniq a b c'; printf %b $'a\na\nA\nb 1\nc 1\nc 1\nd' | uniq a b c; echo "rc=$?"
setup; echo; echo '== uniq nope'; printf %b $'a\na\nA\nb 1\nc 1\nc 1\nd' | uniq nope; echo "rc=$?"
setup; echo; echo '== uniq -ci'; printf %b $'a\na\nA\nb 1\nc 1\nc 1\nd' | uniq -ci; echo "rc=$?"

# mktemp: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
printf %b $'a\nb\nc\n' > f1
printf %b $'a\nx\nc\nd\n' > f2
printf %b $'no nl' > f3
printf %b $'\\0000\x01\\0377\\0200 hello world, more than sixteen\n' > bin
printf %b $'aaaa bbbb cccc dddd eeee\nshort\n' > long
mkdir dd
printf %b x > exec
printf %b $'\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000' > z
}
setup; echo; echo '== mktemp -z'; printf %b $'in put\nline two\n' | mktemp -z; echo "rc=$?"
setup; echo; echo '== mktemp aXX'; printf %b $'in put\nline two\n' | mktemp aXX; echo "rc=$?"
setup; echo; echo '== mktemp a b'; printf %b $'in put\nline two\n' | mktemp a b; echo "rc=$?"
setup; echo; echo '== mktemp nope/XXXX'; printf %b $'in put\nline two\n' | mktemp nope/XXXX; echo "rc=$?"
setup; echo; echo '== mktemp -d nope/XXXX'; printf %b $'in put\nline two\n' | mktemp -d nope/XXXX; echo "rc=$?"

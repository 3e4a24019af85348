# kill: one command a case.
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
setup; echo; echo '== /usr/bin/kill -l 9'; printf %b $'in put\nline two\n' | /usr/bin/kill -l 9; echo "rc=$?"
setup; echo; echo '== /usr/bin/kill -l TERM'; printf %b $'in put\nline two\n' | /usr/bin/kill -l TERM; echo "rc=$?"
setup; echo; echo '== /usr/bin/kill 99999'; printf %b $'in put\nline two\n' | /usr/bin/kill 99999; echo "rc=$?"
setup; echo; echo '== /usr/bin/kill x'; printf %b $'in put\nline two\n' | /usr/bin/kill x; echo "rc=$?"
setup; echo; echo '== /usr/bin/kill -9 99999'; printf %b $'in put\nline two\n' | /usr/bin/kill -9 99999; echo "rc=$?"

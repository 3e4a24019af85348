# test: one command a case.
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
setup; echo; echo '== /usr/bin/test 1 -eq'; printf %b $'in put\nline two\n' | /usr/bin/test 1 -eq; echo "rc=$?"
setup; echo; echo '== /usr/bin/test 1 -eq a'; printf %b $'in put\nline two\n' | /usr/bin/test 1 -eq a; echo "rc=$?"
setup; echo; echo '== /usr/bin/test a = a'; printf %b $'in put\nline two\n' | /usr/bin/test a = a; echo "rc=$?"
setup; echo; echo '== /usr/bin/test 1 -gt 2'; printf %b $'in put\nline two\n' | /usr/bin/test 1 -gt 2; echo "rc=$?"
setup; echo; echo '== /usr/bin/test'; printf %b $'in put\nline two\n' | /usr/bin/test; echo "rc=$?"
setup; echo; echo '== /usr/bin/test x'; printf %b $'in put\nline two\n' | /usr/bin/test x; echo "rc=$?"
setup; echo; echo '== /usr/bin/test '; printf %b $'in put\nline two\n' | /usr/bin/test ''; echo "rc=$?"
setup; echo; echo '== /usr/bin/test ! x'; printf %b $'in put\nline two\n' | /usr/bin/test '!' x; echo "rc=$?"
setup; echo; echo '== /usr/bin/test -f f1'; printf %b $'in put\nline two\n' | /usr/bin/test -f f1; echo "rc=$?"
setup; echo; echo '== /usr/bin/test -d f1'; printf %b $'in put\nline two\n' | /usr/bin/test -d f1; echo "rc=$?"
setup; echo; echo '== /usr/bin/test -d dd'; printf %b $'in put\nline two\n' | /usr/bin/test -d dd; echo "rc=$?"
setup; echo; echo '== /usr/bin/test -e nope'; printf %b $'in put\nline two\n' | /usr/bin/test -e nope; echo "rc=$?"
setup; echo; echo '== /usr/bin/test -s f1'; printf %b $'in put\nline two\n' | /usr/bin/test -s f1; echo "rc=$?"
setup; echo; echo '== /usr/bin/test -n x -a -z '; printf %b $'in put\nline two\n' | /usr/bin/test -n x -a -z ''; echo "rc=$?"
setup; echo; echo '== /usr/bin/test a = b -o c = c'; printf %b $'in put\nline two\n' | /usr/bin/test a = b -o c = c; echo "rc=$?"
setup; echo; echo '== /usr/bin/test ! -f nope'; printf %b $'in put\nline two\n' | /usr/bin/test '!' -f nope; echo "rc=$?"
setup; echo; echo '== /usr/bin/test ( x )'; printf %b $'in put\nline two\n' | /usr/bin/test '(' x ')'; echo "rc=$?"
setup; echo; echo '== /usr/bin/test a b c'; printf %b $'in put\nline two\n' | /usr/bin/test a b c; echo "rc=$?"
setup; echo; echo '== /usr/bin/test -x f1'; printf %b $'in put\nline two\n' | /usr/bin/test -x f1; echo "rc=$?"
setup; echo; echo '== /usr/bin/test -L f1'; printf %b $'in put\nline two\n' | /usr/bin/test -L f1; echo "rc=$?"
setup; echo; echo '== /usr/bin/test -c /dev/null'; printf %b $'in put\nline two\n' | /usr/bin/test -c /dev/null; echo "rc=$?"
setup; echo; echo '== /usr/bin/test 1 -le 1'; printf %b $'in put\nline two\n' | /usr/bin/test 1 -le 1; echo "rc=$?"
setup; echo; echo '== /usr/bin/test 5 -ge 6'; printf %b $'in put\nline two\n' | /usr/bin/test 5 -ge 6; echo "rc=$?"
setup; echo; echo '== /usr/bin/test a != b'; printf %b $'in put\nline two\n' | /usr/bin/test a '!=' b; echo "rc=$?"
setup; echo; echo '== /usr/bin/test -z x'; printf %b $'in put\nline two\n' | /usr/bin/test -z x; echo "rc=$?"
setup; echo; echo '== /usr/bin/test ! a = b'; printf %b $'in put\nline two\n' | /usr/bin/test '!' a = b; echo "rc=$?"
setup; echo; echo '== /usr/bin/test f1 -ef f1'; printf %b $'in put\nline two\n' | /usr/bin/test f1 -ef f1; echo "rc=$?"
setup; echo; echo '== /usr/bin/test -w f1'; printf %b $'in put\nline two\n' | /usr/bin/test -w f1; echo "rc=$?"
setup; echo; echo '== /usr/bin/test -z'; printf %b $'in put\nline two\n' | /usr/bin/test -z; echo "rc=$?"
setup; echo; echo '== /usr/bin/[ a ]'; printf %b $'in put\nline two\n' | '/usr/bin/[' a ']'; echo "rc=$?"
setup; echo; echo '== /usr/bin/[ a'; printf %b $'in put\nline two\n' | '/usr/bin/[' a; echo "rc=$?"

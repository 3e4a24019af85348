# diff: one command a case.
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
setup; echo; echo '== diff f1 f2'; printf %b $'in put\nline two\n' | diff f1 f2; echo "rc=$?"
setup; echo; echo '== diff f2 f1'; printf %b $'in put\nline two\n' | diff f2 f1; echo "rc=$?"
setup; echo; echo '== diff -q f1 f2'; printf %b $'in put\nline two\n' | diff -q f1 f2; echo "rc=$?"
setup; echo; echo '== diff f1 f1'; printf %b $'in put\nline two\n' | diff f1 f1; echo "rc=$?"
setup; echo; echo '== diff -s f1 f1'; printf %b $'in put\nline two\n' | diff -s f1 f1; echo "rc=$?"
setup; echo; echo '== diff f1 f3'; printf %b $'in put\nline two\n' | diff f1 f3; echo "rc=$?"
setup; echo; echo '== diff f1 nope'; printf %b $'in put\nline two\n' | diff f1 nope; echo "rc=$?"
setup; echo; echo '== diff nope nope2'; printf %b $'in put\nline two\n' | diff nope nope2; echo "rc=$?"
setup; echo; echo '== diff'; printf %b $'in put\nline two\n' | diff; echo "rc=$?"
setup; echo; echo '== diff f1'; printf %b $'in put\nline two\n' | diff f1; echo "rc=$?"
setup; echo; echo '== diff a b c'; printf %b $'in put\nline two\n' | diff a b c; echo "rc=$?"
setup; echo; echo '== diff f1 dd'; printf %b $'in put\nline two\n' | diff f1 dd; echo "rc=$?"
setup; echo; echo '== diff -z x y'; printf %b $'in put\nline two\n' | diff -z x y; echo "rc=$?"
setup; echo; echo '== diff f1 bin'; printf %b $'in put\nline two\n' | diff f1 bin; echo "rc=$?"
setup; echo; echo '== diff -i f1 f2'; printf %b $'in put\nline two\n' | diff -i f1 f2; echo "rc=$?"; ls -F; cat ./* 2>&1
setup; echo; echo '== diff -u --label x --label y f1 f2'; printf %b $'in put\nline two\n' | diff -u --label x --label y f1 f2; echo "rc=$?"
setup; echo; echo '== diff -U0 --label x --label y f1 f2'; printf %b $'in put\nline two\n' | diff -U0 --label x --label y f1 f2; echo "rc=$?"
setup; echo; echo '== diff -U1 --label x --label y f1 f2'; printf %b $'in put\nline two\n' | diff -U1 --label x --label y f1 f2; echo "rc=$?"
setup; echo; echo '== diff -uL a -L b f1 f3'; printf %b $'in put\nline two\n' | diff -uL a -L b f1 f3; echo "rc=$?"
setup; echo; echo '== diff -N f1 nope'; printf %b $'in put\nline two\n' | diff -N f1 nope; echo "rc=$?"
setup; echo; echo '== diff - f1'; printf %b $'in put\nline two\n' | diff - f1; echo "rc=$?"
setup; echo; echo '== diff -w f1 f2'; printf %b $'in put\nline two\n' | diff -w f1 f2; echo "rc=$?"
setup; echo; echo '== diff --brief f1 f2'; printf %b $'in put\nline two\n' | diff --brief f1 f2; echo "rc=$?"
setup; echo; echo '== diff -b long f1'; printf %b $'in put\nline two\n' | diff -b long f1; echo "rc=$?"

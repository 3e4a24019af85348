# find: one command a case.
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
setup; echo; echo '== find f1'; printf %b $'in put\nline two\n' | find f1; echo "rc=$?"
setup; echo; echo '== find nope'; printf %b $'in put\nline two\n' | find nope; echo "rc=$?"
setup; echo; echo '== find . -name f1'; printf %b $'in put\nline two\n' | find . -name f1; echo "rc=$?"
setup; echo; echo '== find dd'; printf %b $'in put\nline two\n' | find dd; echo "rc=$?"
setup; echo; echo '== find . -maxdepth 0'; printf %b $'in put\nline two\n' | find . -maxdepth 0; echo "rc=$?"
setup; echo; echo '== find . -foo'; printf %b $'in put\nline two\n' | find . -foo; echo "rc=$?"
setup; echo; echo '== find f1 f2'; printf %b $'in put\nline two\n' | find f1 f2; echo "rc=$?"
setup; echo; echo '== find f1 -type f'; printf %b $'in put\nline two\n' | find f1 -type f; echo "rc=$?"
setup; echo; echo '== find f1 -type d'; printf %b $'in put\nline two\n' | find f1 -type d; echo "rc=$?"
setup; echo; echo '== find dd -type d -print'; printf %b $'in put\nline two\n' | find dd -type d -print; echo "rc=$?"
setup; echo; echo '== find dd ! -name x'; printf %b $'in put\nline two\n' | find dd '!' -name x; echo "rc=$?"
setup; echo; echo '== find . -name zzz -o -name f1'; printf %b $'in put\nline two\n' | find . -name zzz -o -name f1; echo "rc=$?"
setup; echo; echo '== find f1 -exec echo {} ;'; printf %b $'in put\nline two\n' | find f1 -exec echo '{}' ';'; echo "rc=$?"
setup; echo; echo '== find f1 f2 -exec echo {} +'; printf %b $'in put\nline two\n' | find f1 f2 -exec echo '{}' +; echo "rc=$?"
setup; echo; echo '== find f1 -print0'; printf %b $'in put\nline two\n' | find f1 -print0; echo "rc=$?"
setup; echo; echo '== find . -name'; printf %b $'in put\nline two\n' | find . -name; echo "rc=$?"
setup; echo; echo '== find f1 -name f[12]'; printf %b $'in put\nline two\n' | find f1 -name 'f[12]'; echo "rc=$?"
setup; echo; echo '== find f1 -size -1'; printf %b $'in put\nline two\n' | find f1 -size -1; echo "rc=$?"
setup; echo; echo '== find z -size +0'; printf %b $'in put\nline two\n' | find z -size +0; echo "rc=$?"
setup; echo; echo '== find dd -empty'; printf %b $'in put\nline two\n' | find dd -empty; echo "rc=$?"
setup; echo; echo '== find f1 -name f2 -o -print'; printf %b $'in put\nline two\n' | find f1 -name f2 -o -print; echo "rc=$?"
setup; echo; echo '== find f1 x y'; printf %b $'in put\nline two\n' | find f1 x y; echo "rc=$?"
setup; echo; echo '== find f1 -type q'; printf %b $'in put\nline two\n' | find f1 -type q; echo "rc=$?"
setup; echo; echo '== find . -maxdepth x'; printf %b $'in put\nline two\n' | find . -maxdepth x; echo "rc=$?"
setup; echo; echo '== find f1 -delete'; printf %b $'in put\nline two\n' | find f1 -delete; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== find f1 ( -name f1 )'; printf %b $'in put\nline two\n' | find f1 '(' -name f1 ')'; echo "rc=$?"
setup; echo; echo '== find f1 -exec false ; -print'; printf %b $'in put\nline two\n' | find f1 -exec false ';' -print; echo "rc=$?"
setup; echo; echo '== find dd -prune'; printf %b $'in put\nline two\n' | find dd -prune; echo "rc=$?"
setup; echo; echo '== find . -iname F1'; printf %b $'in put\nline two\n' | find . -iname F1; echo "rc=$?"
setup; echo; echo '== find . -path ./f1'; printf %b $'in put\nline two\n' | find . -path ./f1; echo "rc=$?"
setup; echo; echo '== find f1 -mindepth 1'; printf %b $'in put\nline two\n' | find f1 -mindepth 1; echo "rc=$?"
setup; echo; echo '== find f1 -exec nope ;'; printf %b $'in put\nline two\n' | find f1 -exec nope ';'; echo "rc=$?"
setup; echo; echo '== find ( -name f1'; printf %b $'in put\nline two\n' | find '(' -name f1; echo "rc=$?"

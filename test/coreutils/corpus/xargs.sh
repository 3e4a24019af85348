# xargs: one command a case.
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
setup; echo; echo '== xargs'; printf %b $'in put\nline two\n' | xargs; echo "rc=$?"
setup; echo; echo '== xargs echo X'; printf %b $'in put\nline two\n' | xargs echo X; echo "rc=$?"
setup; echo; echo '== xargs -n 1'; printf %b $'in put\nline two\n' | xargs -n 1; echo "rc=$?"
setup; echo; echo '== xargs -n2 echo'; printf %b $'in put\nline two\n' | xargs -n2 echo; echo "rc=$?"
setup; echo; echo '== xargs -I{} echo <{}>'; printf %b $'in put\nline two\n' | xargs '-I{}' echo '<{}>'; echo "rc=$?"
setup; echo; echo '== xargs -I X echo aXbX'; printf %b $'in put\nline two\n' | xargs -I X echo aXbX; echo "rc=$?"
setup; echo; echo '== xargs -L1 echo'; printf %b $'in put\nline two\n' | xargs -L1 echo; echo "rc=$?"
setup; echo; echo '== xargs nope'; printf %b $'in put\nline two\n' | xargs nope; echo "rc=$?"
setup; echo; echo '== xargs false'; printf %b $'in put\nline two\n' | xargs false; echo "rc=$?"
setup; echo; echo '== xargs -r echo'; printf %b $'in put\nline two\n' | xargs -r echo; echo "rc=$?"
setup; echo; echo '== xargs -0 echo'; printf %b $'in put\nline two\n' | xargs -0 echo; echo "rc=$?"
setup; echo; echo '== xargs -t echo'; printf %b $'in put\nline two\n' | xargs -t echo; echo "rc=$?"
setup; echo; echo '== xargs -n x'; printf %b $'in put\nline two\n' | xargs -n x; echo "rc=$?"
setup; echo; echo '== xargs -d t echo'; printf %b $'in put\nline two\n' | xargs -d t echo; echo "rc=$?"
setup; echo; echo '== xargs -z'; printf %b $'in put\nline two\n' | xargs -z; echo "rc=$?"
setup; echo; echo '== xargs cat'; printf %b $'in put\nline two\n' | xargs cat; echo "rc=$?"
setup; echo; echo '== xargs -n 1 false'; printf %b $'in put\nline two\n' | xargs -n 1 false; echo "rc=$?"
setup; echo; echo '== xargs -n0 echo'; printf %b $'in put\nline two\n' | xargs -n0 echo; echo "rc=$?"
setup; echo; echo '== xargs printf %s,'; printf %b $'in put\nline two\n' | xargs printf %s,; echo "rc=$?"
setup; echo; echo '== timeout 1 xargs echo'; printf %b $'in put\nline two\n' | timeout 1 xargs echo; echo "rc=$?"
setup; echo; echo '== xargs /usr/bin/printf [%s]'; printf %b $'in put\nline two\n' | xargs /usr/bin/printf '[%s]'; echo "rc=$?"

# columns: one command a case.
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
setup; echo; echo '== paste f1 f2'; printf %b $'in put\nline two\n' | paste f1 f2; echo "rc=$?"
setup; echo; echo '== paste -d, f1 f2'; printf %b $'in put\nline two\n' | paste -d, f1 f2; echo "rc=$?"
setup; echo; echo '== paste -s f1'; printf %b $'in put\nline two\n' | paste -s f1; echo "rc=$?"
setup; echo; echo '== paste -sd, f1'; printf %b $'in put\nline two\n' | paste -sd, f1; echo "rc=$?"
setup; echo; echo '== paste -d:- f1 f2 f1'; printf %b $'in put\nline two\n' | paste -d:- f1 f2 f1; echo "rc=$?"
setup; echo; echo '== paste nope'; printf %b $'in put\nline two\n' | paste nope; echo "rc=$?"
setup; echo; echo '== paste - -'; printf %b $'in put\nline two\n' | paste - -; echo "rc=$?"
setup; echo; echo '== paste -d\n f1 f2'; printf %b $'in put\nline two\n' | paste '-d\n' f1 f2; echo "rc=$?"
setup; echo; echo '== nl f1'; printf %b $'in put\nline two\n' | nl f1; echo "rc=$?"
setup; echo; echo '== nl -ba f2'; printf %b $'in put\nline two\n' | nl -ba f2; echo "rc=$?"
setup; echo; echo '== nl long'; printf %b $'in put\nline two\n' | nl long; echo "rc=$?"
setup; echo; echo '== nl -s: -w2 f1'; printf %b $'in put\nline two\n' | nl -s: -w2 f1; echo "rc=$?"
setup; echo; echo '== nl -v5 -i2 f1'; printf %b $'in put\nline two\n' | nl -v5 -i2 f1; echo "rc=$?"
setup; echo; echo '== nl -nrz f1'; printf %b $'in put\nline two\n' | nl -nrz f1; echo "rc=$?"
setup; echo; echo '== nl -nln f1'; printf %b $'in put\nline two\n' | nl -nln f1; echo "rc=$?"
setup; echo; echo '== nl nope'; printf %b $'in put\nline two\n' | nl nope; echo "rc=$?"
setup; echo; echo '== nl -b x f1'; printf %b $'in put\nline two\n' | nl -b x f1; echo "rc=$?"
setup; echo; echo '== tac f1'; printf %b $'in put\nline two\n' | tac f1; echo "rc=$?"
setup; echo; echo '== tac f3 f1'; printf %b $'in put\nline two\n' | tac f3 f1; echo "rc=$?"
setup; echo; echo '== tac nope'; printf %b $'in put\nline two\n' | tac nope; echo "rc=$?"
setup; echo; echo '== tac'; printf %b $'in put\nline two\n' | tac; echo "rc=$?"
setup; echo; echo '== rev f1 f3'; printf %b $'in put\nline two\n' | rev f1 f3; echo "rc=$?"
setup; echo; echo '== rev'; printf %b $'in put\nline two\n' | rev; echo "rc=$?"
setup; echo; echo '== rev nope'; printf %b $'in put\nline two\n' | rev nope; echo "rc=$?"
setup; echo; echo '== comm f1 f2'; printf %b $'in put\nline two\n' | comm f1 f2; echo "rc=$?"
setup; echo; echo '== comm -12 f1 f2'; printf %b $'in put\nline two\n' | comm -12 f1 f2; echo "rc=$?"
setup; echo; echo '== comm -3 f1 f2'; printf %b $'in put\nline two\n' | comm -3 f1 f2; echo "rc=$?"
setup; echo; echo '== comm'; printf %b $'in put\nline two\n' | comm; echo "rc=$?"
setup; echo; echo '== comm a'; printf %b $'in put\nline two\n' | comm a; echo "rc=$?"
setup; echo; echo '== comm f1 nope'; printf %b $'in put\nline two\n' | comm f1 nope; echo "rc=$?"
setup; echo; echo '== comm a b c'; printf %b $'in put\nline two\n' | comm a b c; echo "rc=$?"
setup; echo; echo '== comm --nocheck-order f1 f2'; printf %b $'in put\nline two\n' | comm --nocheck-order f1 f2; echo "rc=$?"
setup; echo; echo '== comm -1 f1 f1'; printf %b $'in put\nline two\n' | comm -1 f1 f1; echo "rc=$?"
setup; echo; echo '== fold -w 3 f3'; printf %b $'in put\nline two\n' | fold -w 3 f3; echo "rc=$?"
setup; echo; echo '== fold -w 10 long'; printf %b $'in put\nline two\n' | fold -w 10 long; echo "rc=$?"
setup; echo; echo '== fold -s -w 12 long'; printf %b $'in put\nline two\n' | fold -s -w 12 long; echo "rc=$?"
setup; echo; echo '== fold -w x'; printf %b $'in put\nline two\n' | fold -w x; echo "rc=$?"
setup; echo; echo '== fold -5 f3'; printf %b $'in put\nline two\n' | fold -5 f3; echo "rc=$?"
setup; echo; echo '== fold nope'; printf %b $'in put\nline two\n' | fold nope; echo "rc=$?"
setup; echo; echo '== fold -bw4 long'; printf %b $'in put\nline two\n' | fold -bw4 long; echo "rc=$?"

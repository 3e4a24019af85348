# expr: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
printf %b $'a\nb\nc\n' > f1
printf %b $'a\nx\nc\nd\n' > f2
printf %b $'no nl' > f3
printf %b $'aaaa bbbb cccc dddd eeee\nshort\n' > long
mkdir dd
printf %b x > exec
}
setup; echo; echo '== expr 1 + 2'; printf %b $'in put\nline two\n' | expr 1 + 2; echo "rc=$?"
setup; echo; echo '== expr 5 / 0'; printf %b $'in put\nline two\n' | expr 5 / 0; echo "rc=$?"
setup; echo; echo '== expr 7 / 2'; printf %b $'in put\nline two\n' | expr 7 / 2; echo "rc=$?"
setup; echo; echo '== expr -7 % 3'; printf %b $'in put\nline two\n' | expr -7 % 3; echo "rc=$?"
setup; echo; echo '== expr a : a\(b\)*'; printf %b $'in put\nline two\n' | expr a : 'a\(b\)*'; echo "rc=$?"
setup; echo; echo '== expr abc : a\(.\)'; printf %b $'in put\nline two\n' | expr abc : 'a\(.\)'; echo "rc=$?"
setup; echo; echo '== expr abc : .*'; printf %b $'in put\nline two\n' | expr abc : '.*'; echo "rc=$?"
setup; echo; echo '== expr length abc'; printf %b $'in put\nline two\n' | expr length abc; echo "rc=$?"
setup; echo; echo '== expr substr abc 2 2'; printf %b $'in put\nline two\n' | expr substr abc 2 2; echo "rc=$?"
setup; echo; echo '== expr index abc c'; printf %b $'in put\nline two\n' | expr index abc c; echo "rc=$?"
setup; echo; echo '== expr 1 < 2 & 3'; printf %b $'in put\nline two\n' | expr 1 '<' 2 '&' 3; echo "rc=$?"
setup; echo; echo '== expr 0'; printf %b $'in put\nline two\n' | expr 0; echo "rc=$?"
setup; echo; echo '== expr '; printf %b $'in put\nline two\n' | expr ''; echo "rc=$?"
setup; echo; echo '== expr a'; printf %b $'in put\nline two\n' | expr a; echo "rc=$?"
setup; echo; echo '== expr ( 1 + 2 ) * 3'; printf %b $'in put\nline two\n' | expr '(' 1 + 2 ')' '*' 3; echo "rc=$?"
setup; echo; echo '== expr a = a'; printf %b $'in put\nline two\n' | expr a = a; echo "rc=$?"
setup; echo; echo '== expr a != a'; printf %b $'in put\nline two\n' | expr a '!=' a; echo "rc=$?"
setup; echo; echo '== expr 10 > 9'; printf %b $'in put\nline two\n' | expr 10 '>' 9; echo "rc=$?"
setup; echo; echo '== expr a > b'; printf %b $'in put\nline two\n' | expr a '>' b; echo "rc=$?"
setup; echo; echo '== expr'; printf %b $'in put\nline two\n' | expr; echo "rc=$?"
setup; echo; echo '== expr 1 +'; printf %b $'in put\nline two\n' | expr 1 +; echo "rc=$?"
setup; echo; echo '== expr a + 1'; printf %b $'in put\nline two\n' | expr a + 1; echo "rc=$?"
setup; echo; echo '== expr 1 2'; printf %b $'in put\nline two\n' | expr 1 2; echo "rc=$?"
setup; echo; echo '== expr ( 1'; printf %b $'in put\nline two\n' | expr '(' 1; echo "rc=$?"
setup; echo; echo '== expr )'; printf %b $'in put\nline two\n' | expr ')'; echo "rc=$?"
setup; echo; echo '== expr 0 | 5'; printf %b $'in put\nline two\n' | expr 0 '|' 5; echo "rc=$?"
setup; echo; echo '== expr  | x'; printf %b $'in put\nline two\n' | expr '' '|' x; echo "rc=$?"
setup; echo; echo '== expr match abc a.'; printf %b $'in put\nline two\n' | expr match abc a.; echo "rc=$?"
setup; echo; echo '== expr + length'; printf %b $'in put\nline two\n' | expr + length; echo "rc=$?"
setup; echo; echo '== expr 00 | 7'; printf %b $'in put\nline two\n' | expr 00 '|' 7; echo "rc=$?"
setup; echo; echo '== expr 2 - 5'; printf %b $'in put\nline two\n' | expr 2 - 5; echo "rc=$?"
setup; echo; echo '== expr a : \('; printf %b $'in put\nline two\n' | expr a : '\('; echo "rc=$?"

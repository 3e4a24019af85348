# machine: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
printf %b $'a\nb\nc\n' > f1
printf %b $'a\nx\nc\nd\n' > f2
printf %b $'no nl' > f3
printf %b $'aaaa bbbb cccc dddd eeee\nshort\n' > long
mkdir dd
printf %b x > exec
}
setup; echo; echo '== whoami'; printf %b $'in put\nline two\n' | whoami; echo "rc=$?"
setup; echo; echo '== whoami x'; printf %b $'in put\nline two\n' | whoami x; echo "rc=$?"
setup; echo; echo '== id -u'; printf %b $'in put\nline two\n' | id -u; echo "rc=$?"
setup; echo; echo '== id -un'; printf %b $'in put\nline two\n' | id -un; echo "rc=$?"
setup; echo; echo '== id'; printf %b $'in put\nline two\n' | id; echo "rc=$?"
setup; echo; echo '== id nope'; printf %b $'in put\nline two\n' | id nope; echo "rc=$?"
setup; echo; echo '== uname'; printf %b $'in put\nline two\n' | uname; echo "rc=$?"
setup; echo; echo '== uname x'; printf %b $'in put\nline two\n' | uname x; echo "rc=$?"
setup; echo; echo '== uname -s'; printf %b $'in put\nline two\n' | uname -s; echo "rc=$?"
setup; echo; echo '== uname -m'; printf %b $'in put\nline two\n' | uname -m; echo "rc=$?"
setup; echo; echo '== uname -so'; printf %b $'in put\nline two\n' | uname -so; echo "rc=$?"
setup; echo; echo '== nproc x'; printf %b $'in put\nline two\n' | nproc x; echo "rc=$?"
setup; echo; echo '== nproc --ignore=x'; printf %b $'in put\nline two\n' | nproc --ignore=x; echo "rc=$?"
setup; echo; echo '== printenv NOPE'; printf %b $'in put\nline two\n' | printenv NOPE; echo "rc=$?"
setup; echo; echo '== env -i A=1'; printf %b $'in put\nline two\n' | env -i A=1; echo "rc=$?"; ls -F; cat ./* 2>&1
setup; echo; echo '== env -i A=1 B=2 printenv A'; printf %b $'in put\nline two\n' | env -i A=1 B=2 printenv A; echo "rc=$?"; ls -F; cat ./* 2>&1
setup; echo; echo '== env -u A printenv A'; printf %b $'in put\nline two\n' | env -u A printenv A; echo "rc=$?"
setup; echo; echo '== env nope'; printf %b $'in put\nline two\n' | env nope; echo "rc=$?"
setup; echo; echo '== env -i'; printf %b $'in put\nline two\n' | env -i; echo "rc=$?"
setup; echo; echo '== env A=1 env nope'; printf %b $'in put\nline two\n' | env A=1 env nope; echo "rc=$?"

# bytes: one command a case.
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
setup; echo; echo '== base64 f3'; printf %b $'in put\nline two\n' | base64 f3; echo "rc=$?"
setup; echo; echo '== base64'; printf %b $'in put\nline two\n' | base64; echo "rc=$?"
setup; echo; echo '== base64 -w 10 long'; printf %b $'in put\nline two\n' | base64 -w 10 long; echo "rc=$?"
setup; echo; echo '== base64 -w0 long'; printf %b $'in put\nline two\n' | base64 -w0 long; echo "rc=$?"
setup; echo; echo '== base64 nope'; printf %b $'in put\nline two\n' | base64 nope; echo "rc=$?"
setup; echo; echo '== base64 -w x'; printf %b $'in put\nline two\n' | base64 -w x; echo "rc=$?"
setup; echo; echo '== xxd f2'; printf %b $'in put\nline two\n' | xxd f2; echo "rc=$?"
setup; echo; echo '== xxd -p f2'; printf %b $'in put\nline two\n' | xxd -p f2; echo "rc=$?"
setup; echo; echo '== xxd bin'; printf %b $'in put\nline two\n' | xxd bin; echo "rc=$?"
setup; echo; echo '== xxd -l 4 bin'; printf %b $'in put\nline two\n' | xxd -l 4 bin; echo "rc=$?"
setup; echo; echo '== xxd -s 2 f2'; printf %b $'in put\nline two\n' | xxd -s 2 f2; echo "rc=$?"
setup; echo; echo '== xxd nope'; printf %b $'in put\nline two\n' | xxd nope; echo "rc=$?"
setup; echo; echo '== xxd -u bin'; printf %b $'in put\nline two\n' | xxd -u bin; echo "rc=$?"
setup; echo; echo '== hexdump -C f2'; printf %b $'in put\nline two\n' | hexdump -C f2; echo "rc=$?"
setup; echo; echo '== hexdump f2'; printf %b $'in put\nline two\n' | hexdump f2; echo "rc=$?"
setup; echo; echo '== hexdump -C bin'; printf %b $'in put\nline two\n' | hexdump -C bin; echo "rc=$?"
setup; echo; echo '== hexdump -C z'; printf %b $'in put\nline two\n' | hexdump -C z; echo "rc=$?"
setup; echo; echo '== hexdump -v z'; printf %b $'in put\nline two\n' | hexdump -v z; echo "rc=$?"
setup; echo; echo '== hexdump -n 5 f2'; printf %b $'in put\nline two\n' | hexdump -n 5 f2; echo "rc=$?"
setup; echo; echo '== hexdump -s 2 -C f2'; printf %b $'in put\nline two\n' | hexdump -s 2 -C f2; echo "rc=$?"
setup; echo; echo '== hexdump nope'; printf %b $'in put\nline two\n' | hexdump nope; echo "rc=$?"
setup; echo; echo '== hexdump f3'; printf %b $'in put\nline two\n' | hexdump f3; echo "rc=$?"
setup; echo; echo '== hd f1'; printf %b $'in put\nline two\n' | hd f1; echo "rc=$?"
setup; echo; echo '== split -l 1 f2'; printf %b $'in put\nline two\n' | split -l 1 f2; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== split -b 3 f2 p'; printf %b $'in put\nline two\n' | split -b 3 f2 p; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== split -l x'; printf %b $'in put\nline two\n' | split -l x; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== split -d -l 2 f2 q'; printf %b $'in put\nline two\n' | split -d -l 2 f2 q; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== split -a 3 -l 2 f2'; printf %b $'in put\nline two\n' | split -a 3 -l 2 f2; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== split nope'; printf %b $'in put\nline two\n' | split nope; echo "rc=$?"; ls -R; cat ./* 2>&1

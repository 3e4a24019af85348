# stat: one command a case.
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
setup; echo; echo '== stat -c %n %a %A %h %U %G %u %g %F %s f1 f3'; printf %b $'in put\nline two\n' | stat -c '%n %a %A %h %U %G %u %g %F %s' f1 f3; echo "rc=$?"
setup; echo; echo '== stat -c %s nope'; printf %b $'in put\nline two\n' | stat -c %s nope; echo "rc=$?"
setup; echo; echo '== stat'; printf %b $'in put\nline two\n' | stat; echo "rc=$?"
setup; echo; echo '== stat -c %t %T %F /dev/null'; printf %b $'in put\nline two\n' | stat -c '%t %T %F' /dev/null; echo "rc=$?"
setup; echo; echo '== stat -c %q f1'; printf %b $'in put\nline two\n' | stat -c %q f1; echo "rc=$?"
setup; echo; echo '== stat --printf %n\n f1'; printf %b $'in put\nline two\n' | stat --printf '%n\n' f1; echo "rc=$?"
setup; echo; echo '== stat -c %5s|%-5s|%05s f1'; printf %b $'in put\nline two\n' | stat -c '%5s|%-5s|%05s' f1; echo "rc=$?"
setup; echo; echo '== readlink f1'; printf %b $'in put\nline two\n' | readlink f1; echo "rc=$?"
setup; echo; echo '== readlink nope'; printf %b $'in put\nline two\n' | readlink nope; echo "rc=$?"
setup; echo; echo '== readlink -f f1'; printf %b $'in put\nline two\n' | readlink -f f1; echo "rc=$?"
setup; echo; echo '== readlink -f nope'; printf %b $'in put\nline two\n' | readlink -f nope; echo "rc=$?"
setup; echo; echo '== readlink -f nope/x'; printf %b $'in put\nline two\n' | readlink -f nope/x; echo "rc=$?"
setup; echo; echo '== readlink -e nope'; printf %b $'in put\nline two\n' | readlink -e nope; echo "rc=$?"
setup; echo; echo '== readlink -m nope/x/../y'; printf %b $'in put\nline two\n' | readlink -m nope/x/../y; echo "rc=$?"
setup; echo; echo '== readlink'; printf %b $'in put\nline two\n' | readlink; echo "rc=$?"
setup; echo; echo '== readlink -v f1'; printf %b $'in put\nline two\n' | readlink -v f1; echo "rc=$?"
setup; echo; echo '== readlink -f dd/../f1'; printf %b $'in put\nline two\n' | readlink -f dd/../f1; echo "rc=$?"
setup; echo; echo '== realpath f1'; printf %b $'in put\nline two\n' | realpath f1; echo "rc=$?"
setup; echo; echo '== realpath dd/../f1'; printf %b $'in put\nline two\n' | realpath dd/../f1; echo "rc=$?"
setup; echo; echo '== realpath nope/x'; printf %b $'in put\nline two\n' | realpath nope/x; echo "rc=$?"
setup; echo; echo '== realpath'; printf %b $'in put\nline two\n' | realpath; echo "rc=$?"
setup; echo; echo '== realpath -e nope'; printf %b $'in put\nline two\n' | realpath -e nope; echo "rc=$?"
setup; echo; echo '== realpath -m nope/x'; printf %b $'in put\nline two\n' | realpath -m nope/x; echo "rc=$?"
setup; echo; echo '== realpath -z f1'; printf %b $'in put\nline two\n' | realpath -z f1; echo "rc=$?"

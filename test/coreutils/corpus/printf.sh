# printf: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
printf %b $'a\nb\nc\n' > f1
printf %b $'a\nx\nc\nd\n' > f2
printf %b $'no nl' > f3
printf %b $'aaaa bbbb cccc dddd eeee\nshort\n' > long
mkdir dd
printf %b x > exec
}
setup; echo; echo '== /usr/bin/printf %s-%d\n a 1 b'; printf %b $'in put\nline two\n' | /usr/bin/printf '%s-%d\n' a 1 b; echo "rc=$?"
setup; echo; echo '== /usr/bin/printf %5.1f|%x|%o|%c|%b\n 3.14159 255 8 xyz a\tb'; printf %b $'in put\nline two\n' | /usr/bin/printf '%5.1f|%x|%o|%c|%b\n' 3.14159 255 8 xyz 'a\tb'; echo "rc=$?"
setup; echo; echo '== /usr/bin/printf a\n x'; printf %b $'in put\nline two\n' | /usr/bin/printf 'a\n' x; echo "rc=$?"
setup; echo; echo '== /usr/bin/printf %d\n 0x10'; printf %b $'in put\nline two\n' | /usr/bin/printf '%d\n' 0x10; echo "rc=$?"
setup; echo; echo '== /usr/bin/printf'; printf %b $'in put\nline two\n' | /usr/bin/printf; echo "rc=$?"
setup; echo; echo '== /usr/bin/printf %s\n'; printf %b $'in put\nline two\n' | /usr/bin/printf '%s\n'; echo "rc=$?"
setup; echo; echo '== /usr/bin/printf %d\n abc'; printf %b $'in put\nline two\n' | /usr/bin/printf '%d\n' abc; echo "rc=$?"
setup; echo; echo '== /usr/bin/printf %d\n 12x'; printf %b $'in put\nline two\n' | /usr/bin/printf '%d\n' 12x; echo "rc=$?"
setup; echo; echo '== /usr/bin/printf %z'; printf %b $'in put\nline two\n' | /usr/bin/printf %z; echo "rc=$?"
setup; echo; echo '== /usr/bin/printf \101\x41\n'; printf %b $'in put\nline two\n' | /usr/bin/printf '\101\x41\n'; echo "rc=$?"
setup; echo; echo '== /usr/bin/printf %b a\cb'; printf %b $'in put\nline two\n' | /usr/bin/printf %b 'a\cb'; echo "rc=$?"
setup; echo; echo '== /usr/bin/printf %5s|%-5s|%05d\n a b 3'; printf %b $'in put\nline two\n' | /usr/bin/printf '%5s|%-5s|%05d\n' a b 3; echo "rc=$?"
setup; echo; echo '== /usr/bin/printf %*d\n 5 3'; printf %b $'in put\nline two\n' | /usr/bin/printf '%*d\n' 5 3; echo "rc=$?"
setup; echo; echo '== /usr/bin/printf %.2s\n abc'; printf %b $'in put\nline two\n' | /usr/bin/printf '%.2s\n' abc; echo "rc=$?"
setup; echo; echo '== /usr/bin/printf %%\n'; printf %b $'in put\nline two\n' | /usr/bin/printf '%%\n'; echo "rc=$?"
setup; echo; echo '== /usr/bin/printf %e %g\n 1.5 0.0001'; printf %b $'in put\nline two\n' | /usr/bin/printf '%e %g\n' 1.5 0.0001; echo "rc=$?"
setup; echo; echo '== /usr/bin/printf %d\n '\''A'; printf %b $'in put\nline two\n' | /usr/bin/printf '%d\n' ''\''A'; echo "rc=$?"
setup; echo; echo '== /usr/bin/printf %i %u\n -1 5'; printf %b $'in put\nline two\n' | /usr/bin/printf '%i %u\n' -1 5; echo "rc=$?"
setup; echo; echo '== /usr/bin/printf x\cy'; printf %b $'in put\nline two\n' | /usr/bin/printf 'x\cy'; echo "rc=$?"
setup; echo; echo '== /usr/bin/printf %d %d\n 010'; printf %b $'in put\nline two\n' | /usr/bin/printf '%d %d\n' 010; echo "rc=$?"
setup; echo; echo '== /usr/bin/echo -e a\tb'; printf %b $'in put\nline two\n' | /usr/bin/echo -e 'a\tb'; echo "rc=$?"
setup; echo; echo '== /usr/bin/echo -n x'; printf %b $'in put\nline two\n' | /usr/bin/echo -n x; echo "rc=$?"
setup; echo; echo '== /usr/bin/echo -ne x\n'; printf %b $'in put\nline two\n' | /usr/bin/echo -ne 'x\n'; echo "rc=$?"
setup; echo; echo '== /usr/bin/echo -E a\tb'; printf %b $'in put\nline two\n' | /usr/bin/echo -E 'a\tb'; echo "rc=$?"
setup; echo; echo '== /usr/bin/echo a\tb'; printf %b $'in put\nline two\n' | /usr/bin/echo 'a\tb'; echo "rc=$?"
setup; echo; echo '== /usr/bin/echo -x'; printf %b $'in put\nline two\n' | /usr/bin/echo -x; echo "rc=$?"
setup; echo; echo '== /usr/bin/echo -e a\cb'; printf %b $'in put\nline two\n' | /usr/bin/echo -e 'a\cb'; echo "rc=$?"
setup; echo; echo '== /usr/bin/echo -e \0101\x41\\'; printf %b $'in put\nline two\n' | /usr/bin/echo -e '\0101\x41\\'; echo "rc=$?"
setup; echo; echo '== /usr/bin/echo'; printf %b $'in put\nline two\n' | /usr/bin/echo; echo "rc=$?"

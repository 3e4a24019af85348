# truncate: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
printf %b $'one 1\ntwo 2\nthree 3\n' > a
printf %b $'a,b,c\n1,2,3\nno\n' > csv
mkdir d
printf %b $'{print $1}\n' > p
printf %b $'     100        0      800       12       34       56\n' > stat
}
setup; echo; echo '== truncate -s 3 a'; printf %b $'in put\n' | truncate -s 3 a; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== truncate -s 3'; printf %b $'in put\n' | truncate -s 3; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== truncate -s x a'; printf %b $'in put\n' | truncate -s x a; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== truncate a'; printf %b $'in put\n' | truncate a; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== truncate'; printf %b $'in put\n' | truncate; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== truncate -s +5 a'; printf %b $'in put\n' | truncate -s +5 a; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== truncate -s -2 a'; printf %b $'in put\n' | truncate -s -2 a; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== truncate -c -s 1 nope'; printf %b $'in put\n' | truncate -c -s 1 nope; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== truncate -s 1K x'; printf %b $'in put\n' | truncate -s 1K x; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== truncate -s 1 d'; printf %b $'in put\n' | truncate -s 1 d; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== truncate -s 1 nope/x'; printf %b $'in put\n' | truncate -s 1 nope/x; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== truncate -s %4 a'; printf %b $'in put\n' | truncate -s %4 a; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== truncate -r a x'; printf %b $'in put\n' | truncate -r a x; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== truncate --size=2 a'; printf %b $'in put\n' | truncate --size=2 a; echo "rc=$?"; ls -R; cat ./* 2>&1
truncate -s 1g large; stat -c %s large; truncate -s +1m large; stat -c %s large; truncate -s 1x large; truncate -s 2gB large; stat -c %s large; rm large

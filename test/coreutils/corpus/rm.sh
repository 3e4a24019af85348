# rm: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
printf %b $'one 1\ntwo 2\nthree 3\n' > a
printf %b $'a,b,c\n1,2,3\nno\n' > csv
mkdir d
printf %b $'{print $1}\n' > p
printf %b $'     100        0      800       12       34       56\n' > stat
}
setup; echo; echo '== rm a'; printf %b $'in put\n' | rm a; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== rm nope'; printf %b $'in put\n' | rm nope; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== rm -f nope'; printf %b $'in put\n' | rm -f nope; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== rm d'; printf %b $'in put\n' | rm d; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== rm -r d'; printf %b $'in put\n' | rm -r d; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== rm'; printf %b $'in put\n' | rm; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== rm -f'; printf %b $'in put\n' | rm -f; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== rm -d d'; printf %b $'in put\n' | rm -d d; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== rm -v a'; printf %b $'in put\n' | rm -v a; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== rm a nope csv'; printf %b $'in put\n' | rm a nope csv; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== rm -z'; printf %b $'in put\n' | rm -z; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== rmdir d'; printf %b $'in put\n' | rmdir d; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== rmdir nope'; printf %b $'in put\n' | rmdir nope; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== rmdir a'; printf %b $'in put\n' | rmdir a; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== rmdir'; printf %b $'in put\n' | rmdir; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== rmdir -p d'; printf %b $'in put\n' | rmdir -p d; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== mkdir x'; printf %b $'in put\n' | mkdir x; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== mkdir d'; printf %b $'in put\n' | mkdir d; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== mkdir'; printf %b $'in put\n' | mkdir; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== mkdir -p x/y/z'; printf %b $'in put\n' | mkdir -p x/y/z; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== mkdir x/y'; printf %b $'in put\n' | mkdir x/y; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== mkdir -p a/b'; printf %b $'in put\n' | mkdir -p a/b; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== mkdir -v x'; printf %b $'in put\n' | mkdir -v x; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== mkdir -pv x/y'; printf %b $'in put\n' | mkdir -pv x/y; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== mkdir -m 700 x'; printf %b $'in put\n' | mkdir -m 700 x; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== mkdir -m 999 x'; printf %b $'in put\n' | mkdir -m 999 x; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== touch x'; printf %b $'in put\n' | touch x; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== touch'; printf %b $'in put\n' | touch; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== touch nope/x'; printf %b $'in put\n' | touch nope/x; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== touch -c x'; printf %b $'in put\n' | touch -c x; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== touch a x'; printf %b $'in put\n' | touch a x; echo "rc=$?"; ls -R; cat ./* 2>&1

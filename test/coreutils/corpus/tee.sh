# tee: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
printf %b $'one 1\ntwo 2\nthree 3\n' > a
printf %b $'a,b,c\n1,2,3\nno\n' > csv
mkdir d
printf %b $'{print $1}\n' > p
printf %b $'     100        0      800       12       34       56\n' > stat
}
setup; echo; echo '== tee x'; printf %b $'in put\n' | tee x; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== tee -a a'; printf %b $'in put\n' | tee -a a; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== tee nope/x'; printf %b $'in put\n' | tee nope/x; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== tee d'; printf %b $'in put\n' | tee d; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== tee x y'; printf %b $'in put\n' | tee x y; echo "rc=$?"; ls -R; cat ./* 2>&1

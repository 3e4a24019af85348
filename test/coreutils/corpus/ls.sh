# ls: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
printf %b $'one 1\ntwo 2\nthree 3\n' > a
printf %b $'a,b,c\n1,2,3\nno\n' > csv
mkdir d
printf %b $'{print $1}\n' > p
printf %b $'     100        0      800       12       34       56\n' > stat
}
setup; echo; echo '== ls'; printf %b $'' | ls; echo "rc=$?"
setup; echo; echo '== ls d'; printf %b $'' | ls d; echo "rc=$?"
setup; echo; echo '== ls a csv'; printf %b $'' | ls a csv; echo "rc=$?"
setup; echo; echo '== ls nope'; printf %b $'' | ls nope; echo "rc=$?"
setup; echo; echo '== ls nope a d'; printf %b $'' | ls nope a d; echo "rc=$?"
setup; echo; echo '== ls -d d'; printf %b $'' | ls -d d; echo "rc=$?"
setup; echo; echo '== ls -1'; printf %b $'' | ls -1; echo "rc=$?"
setup; echo; echo '== ls -a'; printf %b $'' | ls -a; echo "rc=$?"
setup; echo; echo '== ls -A'; printf %b $'' | ls -A; echo "rc=$?"
setup; echo; echo '== ls -F'; printf %b $'' | ls -F; echo "rc=$?"
setup; echo; echo '== ls -p'; printf %b $'' | ls -p; echo "rc=$?"
setup; echo; echo '== ls -r'; printf %b $'' | ls -r; echo "rc=$?"
setup; echo; echo '== ls -z'; printf %b $'' | ls -z; echo "rc=$?"
setup; echo; echo '== ls --zz'; printf %b $'' | ls --zz; echo "rc=$?"
setup; echo; echo '== ls -R'; printf %b $'' | ls -R; echo "rc=$?"
setup; echo; echo '== ls d a'; printf %b $'' | ls d a; echo "rc=$?"
setup; echo; echo '== ls -U a'; printf %b $'' | ls -U a; echo "rc=$?"

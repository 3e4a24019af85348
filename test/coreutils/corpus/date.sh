# date: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
printf %b $'one 1\ntwo 2\nthree 3\n' > a
printf %b $'a,b,c\n1,2,3\nno\n' > csv
mkdir d
printf %b $'{print $1}\n' > p
printf %b $'     100        0      800       12       34       56\n' > stat
}
setup; echo; echo '== date -u +%Y -d @0'; printf %b $'in put\n' | date -u +%Y -d @0; echo "rc=$?"
setup; echo; echo '== date -u -d @1700000000'; printf %b $'in put\n' | date -u -d @1700000000; echo "rc=$?"
setup; echo; echo '== date foo'; printf %b $'in put\n' | date foo; echo "rc=$?"
setup; echo; echo '== date -u -d 2024-02-29 +%j'; printf %b $'in put\n' | date -u -d 2024-02-29 +%j; echo "rc=$?"
setup; echo; echo '== date -u -d @1700000000 +%-d-%_m-%03d-%^a-%3N-%-H'; printf %b $'in put\n' | date -u -d @1700000000 '+%-d-%_m-%03d-%^a-%3N-%-H'; echo "rc=$?"
setup; echo; echo '== date a b'; printf %b $'in put\n' | date a b; echo "rc=$?"
setup; echo; echo '== date -u -d 2024-02-29 12:34:56 +%s'; printf %b $'' | date -u -d '2024-02-29 12:34:56' +%s; echo "rc=$?"
for unit in d h m s n date hours min sec ns; do date -u -d @0 -I$unit; done
date -u -d @0 --iso-8601=sec; date -u -d @0 --rfc-3339=s; date -u -d @0 --rfc-3339=n
date -Ixyz; echo $?; date --rfc-3339=; echo $?; date --rfc-3339=x; echo $?

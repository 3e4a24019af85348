# grep, sed, cut, sort, uniq, tr, head, tail, wc and seq as the labs use them.
printf 'sdb 8:16 A 3\nsda 8:0 F 12\nsdc 8:32 A 3\nsda 8:0 F 12\n' > /tmp/t; cd /tmp
grep A t; grep -c A t; grep -v A t | head -1; grep -o '8:[0-9]*' t; grep -E '^sd(a|c)' t; grep -n sdc t; grep -q nosuch t; echo "rc=$?"; grep -i SDB t; grep x nosuch; echo "rc=$?"; grep -e sdb -e sdc -h t; grep -w 3 t; grep -A1 -m1 sdb t; grep -F 8:0 t | wc -l; grep -x 'sdb 8:16 A 3' t; grep -o 'A\|F' t | uniq -c; grep -oP '(?<=8:)\d+' t | head -1
sed 's/8:/x/' t | head -1; sed -n 2p t; sed -n '/sdc/p' t; sed '/sda/d' t; sed -E 's/(sd.) (.*)/\2 \1/' t | head -2; sed '1d;$d' t; sed 's/[0-9]\{2,\}/N/g' t; sed -n '2,3p' t; sed 'y/AF/af/;s/ /_/2' t | tail -1; sed -e 1q t; sed -n '$=' t; sed 's/sda/[&]/p;d' t; sed '2i\
new' t | head -3
cut -d' ' -f2,4 t; cut -c1-3 t | head -1; cut -d: -f2 t | tail -1; echo abc | cut -c2-
sort t; sort -u t | wc -l; sort -k4n -k1r t; sort -t: -k2 -n t | head -1; sort -r t | uniq -c; printf '10\n9\n1\n' | sort; printf '10\n9\n1\n' | sort -n; printf 'b\nB\na\n' | sort
tr -d ' ' < t | head -1; tr 'a-z' 'A-Z' < t | tail -1; tr -s ' ' '\n' < t | head -2; echo 'a:b' | tr : '\n'; echo hello | tr -cd 'l\n'
head -n 1 t; head -c 3 t; echo; tail -n 1 t; tail -n +4 t; head -n -3 t; wc t; wc -l < t; wc -c t; printf x | wc -lc
seq 3; seq 2 4 10 | tr '\n' ' '; seq -s, 3; seq 3 -1 1 | tr '\n' ' '; seq -w 8 11 | tr '\n' ' '; echo; seq 0.5 0.5 1.5
basename /a/b.c .c; dirname /a/b.c; readlink -f /tmp/../tmp/t; date -u -d @0 +%F; env -i A=b env; printf 'a b\n' | xargs -n1 echo x; true; echo $?; tee /tmp/u < t | wc -l

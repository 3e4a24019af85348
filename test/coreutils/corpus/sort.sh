# sort: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
printf %b $'one\ntwo\nthree\n' > a
printf %b $'x y z\n  lead\n\n\ntab\there' > b
printf %b $'\\0000\x01\\0377abc\n\\0200zz' > bin
mkdir d
printf %b $'10\n9\n2\n1\n2\n' > nums
printf %b $'a,b,c\n1,2,3\nno\n' > csv
}
setup; echo; echo '== sort nums'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort nums; echo "rc=$?"
setup; echo; echo '== sort -n nums'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort -n nums; echo "rc=$?"
setup; echo; echo '== sort -rn nums'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort -rn nums; echo "rc=$?"
setup; echo; echo '== sort -u nums'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort -u nums; echo "rc=$?"
setup; echo; echo '== sort -nu nums'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort -nu nums; echo "rc=$?"
setup; echo; echo '== sort -t, -k2,2n csv'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort -t, -k2,2n csv; echo "rc=$?"
setup; echo; echo '== sort -k2 b'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort -k2 b; echo "rc=$?"
setup; echo; echo '== sort -r a'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort -r a; echo "rc=$?"
setup; echo; echo '== sort -c nums'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort -c nums; echo "rc=$?"
setup; echo; echo '== sort -c a'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort -c a; echo "rc=$?"
setup; echo; echo '== sort -C nums'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort -C nums; echo "rc=$?"
setup; echo; echo '== sort nope'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort nope; echo "rc=$?"
setup; echo; echo '== sort -k 0 a'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort -k 0 a; echo "rc=$?"
setup; echo; echo '== sort -k x a'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort -k x a; echo "rc=$?"
setup; echo; echo '== sort --foo'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort --foo; echo "rc=$?"
setup; echo; echo '== sort d'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort d; echo "rc=$?"
setup; echo; echo '== sort -o out a'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort -o out a; echo "rc=$?"; ls -F; cat ./* 2>&1
setup; echo; echo '== sort -s -k1,1 b'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort -s -k1,1 b; echo "rc=$?"
setup; echo; echo '== sort -t, -k2 csv'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort -t, -k2 csv; echo "rc=$?"
setup; echo; echo '== sort -f a'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort -f a; echo "rc=$?"
setup; echo; echo '== sort -t ab a'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort -t ab a; echo "rc=$?"
setup; echo; echo '== sort -nr -k1 nums'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort -nr -k1 nums; echo "rc=$?"
setup; echo; echo '== sort -k1,1n -k2,2r'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort -k1,1n -k2,2r; echo "rc=$?"
setup; echo; echo '== sort -k2n'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort -k2n; echo "rc=$?"
setup; echo; echo '== sort -V'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort -V; echo "rc=$?"
setup; echo; echo '== sort -h'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort -h; echo "rc=$?"
setup; echo; echo '== sort -M'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort -M; echo "rc=$?"
setup; echo; echo '== sort -b -k2'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort -b -k2; echo "rc=$?"
setup; echo; echo '== sort -k1.2,1.3'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort -k1.2,1.3; echo "rc=$?"
setup; echo; echo '== sort -z a'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort -z a; echo "rc=$?"
setup; echo; echo '== sort -cu nums'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort -cu nums; echo "rc=$?"
setup; echo; echo '== sort -g nums'; printf %b $'b 2\na 10\na 9\nc 1\nv1.10\nv1.2\n1K\n2M\n3\nfeb\njan\n' | sort -g nums; echo "rc=$?"
echo '== sort -g of what is no number'; printf '10\n9\n1e1\n0x1\n-1\ninf\nnan\n-inf\nx\nInfinity\n+5\n\n1e400\n .5\n' | sort -g; printf 'nan\nb\n1\n' | sort -gr

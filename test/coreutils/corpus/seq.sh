# seq: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
printf %b $'one\ntwo\nthree\n' > a
printf %b $'x y z\n  lead\n\n\ntab\there' > b
printf %b $'\\0000\x01\\0377abc\n\\0200zz' > bin
mkdir d
printf %b $'10\n9\n2\n1\n2\n' > nums
printf %b $'a,b,c\n1,2,3\nno\n' > csv
}
setup; echo; echo '== seq 3'; printf %b $'' | seq 3; echo "rc=$?"
setup; echo; echo '== seq 2 5'; printf %b $'' | seq 2 5; echo "rc=$?"
setup; echo; echo '== seq 1 2 9'; printf %b $'' | seq 1 2 9; echo "rc=$?"
setup; echo; echo '== seq 3 -1 1'; printf %b $'' | seq 3 -1 1; echo "rc=$?"
setup; echo; echo '== seq 0 0.1 0.5'; printf %b $'' | seq 0 0.1 0.5; echo "rc=$?"
setup; echo; echo '== seq -w 8 11'; printf %b $'' | seq -w 8 11; echo "rc=$?"
setup; echo; echo '== seq -s , 3'; printf %b $'' | seq -s , 3; echo "rc=$?"
setup; echo; echo '== seq -3 0'; printf %b $'' | seq -3 0; echo "rc=$?"
setup; echo; echo '== seq -w -1 1'; printf %b $'' | seq -w -1 1; echo "rc=$?"
setup; echo; echo '== seq 1.5 3'; printf %b $'' | seq 1.5 3; echo "rc=$?"
setup; echo; echo '== seq a'; printf %b $'' | seq a; echo "rc=$?"
setup; echo; echo '== seq'; printf %b $'' | seq; echo "rc=$?"
setup; echo; echo '== seq 1 0 2'; printf %b $'' | seq 1 0 2; echo "rc=$?"
setup; echo; echo '== seq 1 2 3 4'; printf %b $'' | seq 1 2 3 4; echo "rc=$?"
setup; echo; echo '== seq 3 1'; printf %b $'' | seq 3 1; echo "rc=$?"
setup; echo; echo '== seq -f %03g 3'; printf %b $'' | seq -f %03g 3; echo "rc=$?"
setup; echo; echo '== seq -f %.2f 1 2'; printf %b $'' | seq -f %.2f 1 2; echo "rc=$?"
setup; echo; echo '== seq -f x 1'; printf %b $'' | seq -f x 1; echo "rc=$?"
setup; echo; echo '== seq 1e2 101'; printf %b $'' | seq 1e2 101; echo "rc=$?"
setup; echo; echo '== seq 9.99 0.01 10.01'; printf %b $'' | seq 9.99 0.01 10.01; echo "rc=$?"
setup; echo; echo '== seq 1000000 1000003'; printf %b $'' | seq 1000000 1000003; echo "rc=$?"
setup; echo; echo '== seq -w 1 .5 3'; printf %b $'' | seq -w 1 .5 3; echo "rc=$?"
setup; echo; echo '== seq -s "" 3'; printf %b $'' | seq -s '""' 3; echo "rc=$?"
setup; echo; echo '== seq -f %g%% 2'; printf %b $'' | seq -f %g%% 2; echo "rc=$?"
setup; echo; echo '== seq 10 -3 -5'; printf %b $'' | seq 10 -3 -5; echo "rc=$?"
setup; echo; echo '== seq --separator=: 3'; printf %b $'' | seq --separator=: 3; echo "rc=$?"

# od: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
printf %b $'one\ntwo\nthree\n' > a
printf %b $'x y z\n  lead\n\n\ntab\there' > b
printf %b $'\\0000\x01\\0377abc\n\\0200zz' > bin
mkdir d
printf %b $'10\n9\n2\n1\n2\n' > nums
printf %b $'a,b,c\n1,2,3\nno\n' > csv
printf %b $'\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000\\0000' > z
}
setup; echo; echo '== od a'; printf %b $'' | od a; echo "rc=$?"
setup; echo; echo '== od -c a'; printf %b $'' | od -c a; echo "rc=$?"
setup; echo; echo '== od -x a'; printf %b $'' | od -x a; echo "rc=$?"
setup; echo; echo '== od -An -tx1 a'; printf %b $'' | od -An -tx1 a; echo "rc=$?"
setup; echo; echo '== od -tx1 bin'; printf %b $'' | od -tx1 bin; echo "rc=$?"
setup; echo; echo '== od -A d -t u1 a'; printf %b $'' | od -A d -t u1 a; echo "rc=$?"
setup; echo; echo '== od -A x -t x2 a'; printf %b $'' | od -A x -t x2 a; echo "rc=$?"
setup; echo; echo '== od -t x4 a'; printf %b $'' | od -t x4 a; echo "rc=$?"
setup; echo; echo '== od -t d1 bin'; printf %b $'' | od -t d1 bin; echo "rc=$?"
setup; echo; echo '== od -t a bin'; printf %b $'' | od -t a bin; echo "rc=$?"
setup; echo; echo '== od -t o1 a'; printf %b $'' | od -t o1 a; echo "rc=$?"
setup; echo; echo '== od -N 3 -c a'; printf %b $'' | od -N 3 -c a; echo "rc=$?"
setup; echo; echo '== od -j 4 -c a'; printf %b $'' | od -j 4 -c a; echo "rc=$?"
setup; echo; echo '== od -v -tx1 z'; printf %b $'' | od -v -tx1 z; echo "rc=$?"
setup; echo; echo '== od -tx1 z'; printf %b $'' | od -tx1 z; echo "rc=$?"
setup; echo; echo '== od -tx1z a'; printf %b $'' | od -tx1z a; echo "rc=$?"
setup; echo; echo '== od -tx1 -c a'; printf %b $'' | od -tx1 -c a; echo "rc=$?"
setup; echo; echo '== od -t x8 a'; printf %b $'' | od -t x8 a; echo "rc=$?"
setup; echo; echo '== od -t q'; printf %b $'' | od -t q; echo "rc=$?"
setup; echo; echo '== od -A z'; printf %b $'' | od -A z; echo "rc=$?"
setup; echo; echo '== od nope'; printf %b $'' | od nope; echo "rc=$?"
setup; echo; echo '== od -w4 -tx1 a'; printf %b $'' | od -w4 -tx1 a; echo "rc=$?"
setup; echo; echo '== od -b a'; printf %b $'' | od -b a; echo "rc=$?"
setup; echo; echo '== od -d a'; printf %b $'' | od -d a; echo "rc=$?"
setup; echo; echo '== od -t u2 a'; printf %b $'' | od -t u2 a; echo "rc=$?"
setup; echo; echo '== od -An -tu1 -v -w1 a'; printf %b $'' | od -An -tu1 -v -w1 a; echo "rc=$?"
setup; echo; echo '== od -N0 a'; printf %b $'' | od -N0 a; echo "rc=$?"
setup; echo; echo '== od -j 100 a'; printf %b $'' | od -j 100 a; echo "rc=$?"
setup; echo; echo '== od -t f4 a'; printf %b $'' | od -t f4 a; echo "rc=$?"
setup; echo; echo '== od -t d4 a'; printf %b $'' | od -t d4 a; echo "rc=$?"
setup; echo; echo '== od a b'; printf %b $'' | od a b; echo "rc=$?"
setup; echo; echo '== od -j2 -N4 -An -c a'; printf %b $'' | od -j2 -N4 -An -c a; echo "rc=$?"
setup; echo; echo '== od -t x1 -t x2 a'; printf %b $'' | od -t x1 -t x2 a; echo "rc=$?"
setup; echo; echo '== od -tx1c a'; printf %b $'' | od -tx1c a; echo "rc=$?"
setup; echo; echo '== od -An -td2 -N2 a'; printf %b $'' | od -An -td2 -N2 a; echo "rc=$?"
setup; echo; echo '== od -An -tx1 -N16 z'; printf %b $'' | od -An -tx1 -N16 z; echo "rc=$?"
setup; echo; echo '== od -tcx1 a'; printf %b $'' | od -tcx1 a; echo "rc=$?"
setup; echo; echo '== od -i a'; printf %b $'' | od -i a; echo "rc=$?"; ls -F; cat ./* 2>&1
setup; echo; echo '== od -s a'; printf %b $'' | od -s a; echo "rc=$?"
setup; echo; echo '== od -l a'; printf %b $'' | od -l a; echo "rc=$?"
setup; echo; echo '== od -o a'; printf %b $'' | od -o a; echo "rc=$?"
setup; echo; echo '== od -tx2z a'; printf %b $'' | od -tx2z a; echo "rc=$?"
setup; echo; echo '== od -tfD a'; printf %b $'' | od -tfD a; echo "rc=$?"

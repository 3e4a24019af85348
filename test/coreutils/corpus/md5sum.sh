# md5sum: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
printf %b $'one\ntwo\nthree\n' > a
printf %b $'x y z\n  lead\n\n\ntab\there' > b
printf %b $'\\0000\x01\\0377abc\n\\0200zz' > bin
mkdir d
printf %b $'10\n9\n2\n1\n2\n' > nums
printf %b $'a,b,c\n1,2,3\nno\n' > csv
printf %b $'5b9bd7a1ae5e2fde3f9ea2b2c7a5d4e4  a\n' > sums
printf %b $'d41d8cd98f00b204e9800998ecf8427e  a\nd41d8cd98f00b204e9800998ecf8427e  nope\nxx\n' > bad
}
setup; echo; echo '== md5sum a'; printf %b hello | md5sum a; echo "rc=$?"
setup; echo; echo '== md5sum a b'; printf %b hello | md5sum a b; echo "rc=$?"
setup; echo; echo '== md5sum'; printf %b hello | md5sum; echo "rc=$?"
setup; echo; echo '== sha1sum a'; printf %b hello | sha1sum a; echo "rc=$?"
setup; echo; echo '== sha256sum a'; printf %b hello | sha256sum a; echo "rc=$?"
setup; echo; echo '== sha512sum a'; printf %b hello | sha512sum a; echo "rc=$?"
setup; echo; echo '== sha224sum a'; printf %b hello | sha224sum a; echo "rc=$?"
setup; echo; echo '== md5sum nope'; printf %b hello | md5sum nope; echo "rc=$?"
setup; echo; echo '== md5sum d'; printf %b hello | md5sum d; echo "rc=$?"
setup; echo; echo '== md5sum -c sums'; printf %b hello | md5sum -c sums; echo "rc=$?"
setup; echo; echo '== md5sum -c bad'; printf %b hello | md5sum -c bad; echo "rc=$?"
setup; echo; echo '== md5sum -c a'; printf %b hello | md5sum -c a; echo "rc=$?"
setup; echo; echo '== md5sum --tag a'; printf %b hello | md5sum --tag a; echo "rc=$?"
setup; echo; echo '== md5sum -b a'; printf %b hello | md5sum -b a; echo "rc=$?"
setup; echo; echo '== md5sum --quiet -c bad'; printf %b hello | md5sum --quiet -c bad; echo "rc=$?"
setup; echo; echo '== md5sum --status -c bad'; printf %b hello | md5sum --status -c bad; echo "rc=$?"
setup; echo; echo '== sha256sum -'; printf %b hello | sha256sum -; echo "rc=$?"
setup; echo; echo '== md5sum -c nope'; printf %b hello | md5sum -c nope; echo "rc=$?"
setup; echo; echo '== sha384sum bin'; printf %b hello | sha384sum bin; echo "rc=$?"

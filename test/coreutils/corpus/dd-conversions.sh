# dd conv=: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
printf 'Hello World\nsecond line\n' > t
}
for c in ucase lcase swab; do setup; echo; echo "== dd conv=$c"; dd if=t conv=$c status=none; echo "rc=$?"; done
setup; echo; echo '== dd conv=swab, odd'; printf abc | dd conv=swab status=none; echo "rc=$?"
setup; echo; echo '== dd conv=block'; dd if=t conv=block cbs=16 status=none | od -An -c; dd if=t conv=block cbs=8 status=noxfer; echo "rc=$?"
setup; echo; echo '== dd conv=unblock'; printf 'ab      cdef    x' | dd conv=unblock cbs=8 status=none; echo "rc=$?"
setup; echo; echo '== dd conv=block,sync'; printf 'ab\ncd' | dd conv=block,sync cbs=4 ibs=8 status=none | od -An -c; echo "rc=$?"
setup; echo; echo '== dd bs=5 conv=ucase'; dd if=t bs=5 conv=ucase status=noxfer; echo "rc=$?"
setup; echo; echo '== dd conv=sparse'; dd if=/dev/zero of=s bs=4096 count=4 conv=sparse status=none; wc -c < s; { head -c 8192 /dev/zero; printf x; } | dd of=s2 bs=4096 iflag=fullblock conv=sparse status=noxfer; wc -c < s2; stat -c %b s2; tail -c 2 s2 | od -An -c; echo "rc=$?"
setup; echo; echo '== what excludes each other'; dd conv=lcase,ucase; dd cbs=8 conv=block,unblock; dd conv=excl,nocreat; echo "rc=$?"
echo "== dd bs too large"; dd if=/dev/zero of=/dev/null bs=99999999999999999999 count=1; echo "rc=$?"; dd if=/dev/zero count=8E; echo "rc=$?"; dd if=/dev/zero iflag=directory; echo "rc=$?"; dd if=. iflag=directory count=1 2>&1 | head -3
echo '== seek= and skip= go on from where the file stands'; seq 1000 >f; exec 5<>f; head -c 10 <&5 >/dev/null; dd bs=4 seek=2 count=1 if=/dev/zero status=none >&5; dd bs=4 seek=2 count=1 if=/dev/zero status=none conv=notrunc >&5; exec 5>&-; od -c f | head -3; exec 5<f; dd bs=4 skip=2 count=1 status=none <&5; dd bs=4 skip=2 count=1 status=none <&5; exec 5<&-

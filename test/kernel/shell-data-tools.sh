# printf, od, md5sum, cmp, stat, truncate, dd on files, cat -A.
cd /tmp
printf '%s|%5s|%-5s|%05d|%x|%X|%o|%c|%b|%q|%%\n' a b c 42 255 255 8 xyz 'a\tb' 'a b'; printf '%d %d\n' 1 2 3; printf '%s\n' a b c; printf '\x41\101\n'; printf '%.2f %e\n' 3.14159 31.4; printf '%d\n' 0x1f 010 "'A"; printf '%d\n' x; echo "rc=$?"; printf '%3d|%-3d|%+d\n' 7 7 7; printf -v v '%03d' 5; echo $v; printf '%s' ; printf 'no args %s %d\n'
seq 1 20 > a; cp a b; cmp a b; echo "rc=$?"; printf X | dd of=b bs=1 seek=5 conv=notrunc status=none; cmp a b; echo "rc=$?"; cmp -l a b; cmp -s a b; echo "rc=$?"; head -c 10 a > c; cmp a c; echo "rc=$?"; cmp -n 5 a b && echo "same 5"; cmp a nosuch; echo "rc=$?"
od -c c; od -An -tx1 c; od -An -tx1 -j2 -N4 a; od -An -td4 -N8 a; od -Ad -tx2 c; od -An -v -tx1 -w4 c; head -c 64 /dev/zero | od; head -c 40 /dev/zero | od -An -tx1; od -An -tu1 c; od -A x -t x1z -N 6 a
md5sum a b | cut -d' ' -f1; printf '' | md5sum; md5sum < c; md5sum a > s; md5sum -c s; echo x >> a; md5sum -c s; echo "rc=$?"
stat -c '%n %s %F' c /dev/null; stat -c '%t:%T' /dev/null; truncate -s 4096 z; stat -c %s z; truncate -s 3 c; cat c; echo; truncate -s +1 c; od -An -c c
printf 'tab\there\nctl\001 end \n' | cat -A; cat -n c | od -An -c | head -1; printf 'a\n\nb\n' | cat -n
wc -c < z; dd if=a of=d bs=4 skip=1 count=2 status=none; od -An -c d; dd if=a bs=3 count=1 2>/dev/null; dd if=/dev/zero bs=1 count=3 status=none | od -An -tx1; dd if=a of=d bs=2 count=2 seek=2 conv=notrunc 2>&1 | head -2; stat -c %s d; dd if=a ibs=10 obs=5 count=1 of=/dev/null 2>&1 | head -2; dd if=nosuch; echo "rc=$?"; dd bs=x; echo "rc=$?"; dd foo=1; echo "rc=$?"
mkdir -p p/q; touch p/q/r; ls -d p/*; ls p/q; ls p/nosuch; echo "rc=$?"; mv p/q/r p/s; ls p; rm p/s; rm p/s; echo "rc=$?"; rm -rf p; ls -d p 2>/dev/null; echo "rc=$?"; ln -s a l; readlink l; cat nosuch; echo "rc=$?"; sleep x; echo "rc=$?"

# join, numfmt, shuf, expand, nice, nohup, flock, tty, sudo, ls -s.
printf '1 a\n2 b\n4 d\n' > /tmp/x; printf '1 A\n2 B\n3 C\n' > /tmp/y
join /tmp/x /tmp/y; join -a1 /tmp/x /tmp/y; join -v2 /tmp/x /tmp/y; join -o 1.2,2.2 -e - -a1 -a2 /tmp/x /tmp/y; printf 'b 1\na 2\n' > /tmp/z; join /tmp/z /tmp/x; echo rc=$?
printf 'k:1\nl:2\n' | join -t: -1 2 -2 1 - <(true) 2>&1 | sed 's/[0-9][0-9]*:/N:/'; join -i /tmp/x /tmp/y | wc -l; join /tmp/x; echo rc=$?; join /tmp/nosuch /tmp/x; echo rc=$?
numfmt --to=iec 1048576 1500 123456789; numfmt --from=iec 1M 2K 1.5G; numfmt --to=si 1500000; numfmt --to=iec-i --suffix=B 4096; echo '1024 x' | numfmt --to=iec --field=1; numfmt abc; echo rc=$?; numfmt 1K; echo rc=$?
printf 'a\tb\n' | expand; printf 'a\tb\n' | expand -t 4; printf '\ta\tb\n' | expand -i
seq 5 | shuf | sort -n | tr '\n' ' '; echo; shuf -i 1-1; shuf -e one; seq 10 | shuf -n 3 | wc -l; shuf a b; echo rc=$?
nice; nice -n 5 true; echo rc=$?; nice -n x true; echo rc=$?; nice nosuch; echo rc=$?; nohup true; echo rc=$?; nohup sh -c 'exit 3' < /dev/null; echo rc=$?; nohup nosuch < /dev/null; echo rc=$?
flock /tmp/lock sh -c 'echo locked; exit 4'; echo rc=$?; ( flock -n 9 && echo got; flock -n /tmp/lock2 true; echo "inner $?" ) 9>/tmp/lock2; flock -n /tmp/lock2 true; echo "outer $?"
exec 8>/tmp/l3; flock -x 8; echo rc=$?; ( flock -w 1 /tmp/l3 echo no; echo "waited $?" ); flock -u 8; flock /tmp/l3 true; echo rc=$?; ( flock 7; sleep 1; echo first ) 7>/tmp/l4 & sleep .3; ( flock 7; echo second ) 7>/tmp/l4; wait; flock; echo rc=$?
tty; echo rc=$?; sudo dmsetup ls; sudo -n true; echo rc=$?; sudo false; echo rc=$?; echo hi | sudo tee /tmp/s; sudo -E sh -c 'echo $0'
mkdir /tmp/d; dd if=/dev/zero of=/tmp/d/f bs=1M count=3 status=none; : > /tmp/d/e; ls -s /tmp/d; ls -sh /tmp/d; ls -ls /tmp/d | awk '{print $1,$2}'; ls -1s /tmp/d/f

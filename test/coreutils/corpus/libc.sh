# libc: numbers, patterns, options and tests as printf, awk, seq, find, grep and others share them.
cd /tmp/case
export LC_ALL=C
echo "== ties go to even"; env printf '%.1f %.0f %.0f %.2f\n' 0.25 2.5 12.5 0.125; awk 'BEGIN { printf "%.1f %.0f %.0f %.2f\n", 0.25, 2.5, 12.5, 0.125; print 36614.25, 0.1 + 0.2; OFMT = "%.1f"; print 0.25 }'; seq -f %.0f 0.5 2.5; seq -f %.1f 0.25 0.5 1.25
echo "== other forms"; env printf '[%#.7o] [%#o] [%#.3e] [%#g] [%#.3g]\n' 87 8 1 999999.5 999.9; awk 'BEGIN { printf "[%#.0e] [%#g]\n", 1e21, 999999.5 }'
echo "== long double"; env printf '%.20f %.33f %.0f\n' 0.1 1.005 1e22; env printf '%f\n' 1e4000 | cut -c1-20
echo "== flags that a letter does not take"; env printf '%#d\n' 1; echo "rc=$?"; env printf '%0s\n' a; echo "rc=$?"; env printf '%#s\n' a; echo "rc=$?"
echo "== numbers out of range"; env printf '%d\n' 9223372036854775808; echo "rc=$?"; env printf '%u\n' 18446744073709551615; env printf '%u\n' 18446744073709551616; echo "rc=$?"; env printf '%x\n' -1; env printf '%d\n' 0x; echo "rc=$?"; env printf '%f\n' 1e5000; echo "rc=$?"
echo "== hexadecimal floats"; env printf '%g %g\n' 0x1.8p1 0x.8; awk 'BEGIN { print 0x10 + 0, "0x1.8p1" + 0 }'
mkdir names; : > names/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; : > 'names/a[b'; : > 'names/a-b'; : > names/aXb; : > 'names/a\b'; : > names/.hidden
echo "== eight stars"; find names -name 'a*a*a*a*a*a*a*a*b'; find names -name '*a*a*a*a*a*a*a*a*' | wc -l
echo "== sets in patterns"; find names -name 'a[[]b'; find names -name 'a[b'; find names -name 'a[!a-z]b' | sort; find names -name 'a[[:upper:]]b'; find names -name 'a[-]b'; find names -name 'a[]-]b'; find names -name 'a\\b'; find names -name 'a[\\]b'; find names -name '*hid*'; find names -iname 'AXB'; find names -name '[[:nope:]]'; find names -path '*/a?b' | sort
echo "== patterns of grep"; mkdir tree; echo x > tree/a.c; echo x > tree/b.h; grep -rl --include='*.[ch]' x tree | sort; grep -rl --exclude='[!a]*' x tree
export LC_ALL=C.UTF-8; : > names/äb; : > $'names/\351b'
echo "== characters in patterns"; find names -name '?b' | LC_ALL=C sort | od -An -c; find names -name '[ä]b'; find names -name '[[:alpha:]]b' | sort; find names -iname 'Äb'
export LC_ALL=C
echo "== tests"; /usr/bin/[ 99999999999999999999 -gt 1 ]; echo $?; /usr/bin/test '(' = '('; echo $?; /usr/bin/test '(' = '(' -a x; echo $?; /usr/bin/test ! '(' a ')'; echo $?; /usr/bin/test a = a -a '(' b = c -o d ')'; echo $?; /usr/bin/test a b; echo $?; /usr/bin/test -q b; echo $?; /usr/bin/test a b c d e; echo $?; /usr/bin/test -s names; echo $?; /usr/bin/test -f names -o -d names; echo $?; /usr/bin/test '(' a -o; echo $?; /usr/bin/test x -a; echo $?
echo "== long options cut short"; cat --nope=1 /dev/null; head --li=1 tree/a.c; wc --lines=3 x; env printf --nope; cut --delim; touch -X; tail -n

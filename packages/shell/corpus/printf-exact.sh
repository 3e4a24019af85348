printf '%.1f %.0f %.0f %.0f %.2f\n' 0.25 2.5 12.5 3.5 0.125
printf '[%#.7o] [%#o] [%#.3e] [%#g] [%#.3g]\n' 87 8 1 999999.5 999.9
printf '%u %x %o\n' 18446744073709551615 -1 -9223372036854775808
printf '%u\n' 18446744073709551616; echo "rc=$?"
printf '%d\n' 9223372036854775808; echo "rc=$?"
printf '%.20f %.33f\n' 0.1 1.005
printf '%g %G %e\n' 1e-4 1e-5 0
printf '[%5.2s] [%-5s] [%05d] [%+d] [% d]\n' abc ab -42 5 5
[ 99999999999999999999 -eq 1 ]; echo $?
[ 010 -eq 10 ]; echo $?
[ ' 7 ' -eq 7 ]; echo $?
[ '(' = '(' ]; echo $?
[ '(' = '(' -a x ]; echo $?
[ ! '(' a ')' ]; echo $?
[ a = a -a '(' b = c -o d ')' ]; echo $?
[ -f ]; echo $?; [ -f -a -d ]; echo $?; [ x -a ]; echo $?; [ a b ]; echo $?; [ a b c d e ]; echo $?; [ '(' a -o ]; echo $?

echo '== seq 0 0.1 1'; seq 0 0.1 1
echo '== seq 0 0.01 0.05'; seq 0 0.01 0.05
echo '== seq 1 -0.1 0'; seq 1 -0.1 0
echo '== seq 0.1 0.1 0.3'; seq 0.1 0.1 0.3
echo '== seq 1.05 0.1 1.35'; seq 1.05 0.1 1.35
echo '== seq -f %.1f 1.05 0.1 1.35'; seq -f %.1f 1.05 0.1 1.35
echo '== seq -f %.2f 0.125 0.01 0.165'; seq -f %.2f 0.125 0.01 0.165
echo '== seq -f %.20f 0.1 0.1 0.3'; seq -f %.20f 0.1 0.1 0.3
echo '== seq -f %g 0 0.1 0.5'; seq -f %g 0 0.1 0.5
echo '== seq 4e-5 1e-5 7e-5'; seq 4e-5 1e-5 7e-5
echo '== beyond 64 bits'; seq 99999999999999999999 100000000000000000001; seq 18446744073709551614 18446744073709551618
echo '== beyond 64 bits, by long double'; seq -w 18446744073709551614 18446744073709551618; seq 1e20 100000000000000000003
echo '== a separator that is not one byte'; seq -s:: 18446744073709551614 18446744073709551620; seq -s '' 5
echo '== -w'; seq -w 7.4e1 0.5 75; seq -w -2.46 0.5 -1; seq -w .5 1.5; seq -w 9.7e2 -0.5 969; seq -w -- -.5 1.e1 2e1
echo '== infinities'; seq 5 inf | head -3; seq -inf 3 | head -2; seq inf 3; seq 1 inf 4
echo '== -0'; seq -- -0 2; seq 0 -1 -0
echo '== hexadecimal'; seq 0x10 0x12; seq 0x1p3 10; seq -w 0x8 0x9
echo '== wrong numbers'; seq nan; echo "rc=$?"; seq 1e5000; seq '1 '; seq ' 1'; seq +1 +3; seq 1x; seq ''
echo '== steps'; seq 1 300 1000; seq 0 0 0; seq 1 0.0 2; seq 5 1; seq 1 2 3 4
echo '== formats'; seq -f '%%a%g%%' 2; seq -f %s 2; seq -f x 2; seq -f %g%g 2; seq -f % 2; seq -f '%5.' 2; seq -f 'a%%' 2; seq -w -f %g 3

printf '%e %e %g %.20g %f %.3f\n' 0.15 2.5 0.1 0.1 1e30 2.0005
printf '%e|%f|%g|%10.2e|%+e|%-12g|%012f\n' abc 1x '' 3.14159 2 7 -3.5; echo "rc=$?"
printf '%.0f %.0f %.0e %g %g %g\n' 2.5 3.5 25 1e5 1e-5 123456789
printf '%f %g %g %f\n' 0x1p3 0x10 0xff.8 0x.8p1; printf '%e %f %G %F\n' inf nan -inf -nan; printf "%f %g\n" "'A" '"b'
printf '%.25f\n' 0.1; printf '%Lf %lf\n' 1 2; printf '%E %G\n' 1e-10 1e-10; printf '%#g|% f|%#.0f|%#.0e|%.0f\n' 1 1 1 1 1
printf '%010g|%-10g|%+g|%+010.2f|% 10.2f|%-+10.1e|\n' inf 1 2 3.14159 2.71828 0.5
printf '%f\n' 1e400 1e5000; echo "rc=$?"; printf '%f\n'; printf '%f\n' 1e; echo "rc=$?"; printf '%f\n' ' 1' '1 '; echo "rc=$?"
printf '%f\n' 1e-5000; printf '%e %e\n' 1e4932 3.3621031431120935063e-4932; printf '%e\n' 1e-4940; echo "rc=$?"
printf '%.2f %.2f %.2f %.1f %.1f\n' 1.005 2.675 0.125 0.25 0.35; printf '%.3g %.10g %.0g %g %g\n' 0.00012345 1234567.891 15 0.0001 0.00001234
printf '%*.*f|%-*.*e|\n' 10 2 3.14159 12 1 2718.28; printf '%g %g %g\n' 999999.5 9999995 99999.95; printf '%e\n' 9.9999995 0 -0 .5 5. +7
printf '%f %f\n' 123456789012345678901234567890 0.000000000000000000001; printf '%.15f %.18f\n' 1.1 1.1; printf '%g\n' 1e1 1E2 100000 1e15 12345678
printf -v x '%.3f' 2.71828; echo "$x"; printf '%5.1f%%\n' 99.95; printf '%s=%g\n' a 1.50 b 2.25; printf '%f\n' 0x 1e+ .; echo "rc=$?"
printf '%d\n' 1 x 08 0xg 0x; printf '%s\n%d %d\n' a 1 x; printf 'one\ntwo%z\n' 2>&1; printf -v x '%s\n%d\n' a q; echo "$x"

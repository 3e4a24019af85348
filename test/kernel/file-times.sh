# Times of files: what sets them, what shows them, what compares them.
cd /tmp; export TZ=UTC
touch -d '2024-01-02 03:04:05' a; stat -c '%n %y %Y %x %X %s' a; ls -l --time-style=long-iso a; ls -l --time-style=full-iso a
ls -l --time-style=+%F_%T a; ls -l a; stat -c '%w %W %z' a | sed 's/[0-9]/N/g'
touch -d @1700000000 b; stat -c %y b; touch -r a c; stat -c '%Y %n' a b c
touch -t 202312312359.58 d; stat -c %y d; touch -t 12312359 e; stat -c %y e | cut -c5-19
[ a -nt b ] && echo a newer; [ a -ot b ] && echo a older; [ a -ef a ] && echo same; [ a -nt nope ] && echo newer than nothing; [ nope -ot a ] && echo nothing is older
test a -nt c; echo $?; test a -ot c; echo $?
[[ a -nt b ]] && echo dbl
find . -maxdepth 1 -newer b -type f | sort; echo --; find . -maxdepth 1 -type f ! -newer b | sort
echo -- mmin; touch now; find . -maxdepth 1 -mmin -5 | sort; find . -maxdepth 1 -type f -mmin +5 | sort; find . -maxdepth 1 -type f -mtime +1 | sort
ls -t; ls -tr; ls -1t --time=atime
touch -m -d '2020-05-05' a; stat -c '%y|%x' a; touch -a -d '2021-06-06 12:00' a; stat -c '%y|%x' a
touch -c nope; ls nope; echo $?
touch -d 'not a date' a; echo $?; touch -d '2024-02-30' a; echo $?
touch -t 99 a; echo $?; touch -r nope a; echo $?
touch -d '2024-01-02 03:04:05.123456789' a; stat -c '%y %.3Y %.9Y %.0Y' a
touch -d '2024-01-02T03:04:05Z' a; stat -c '%y' a; touch -d '2024-01-02 03:04:05 +0200' a; stat -c '%y' a
date -r a '+%F %T'; date -d '2024-01-02 +1 day' +%F; date -d @86400 '+%F %T'; date -u -d '2024-03-01 12:34' +%s
date -d 'yesterday' +%F >/dev/null && echo ok; date -d '2024-01-31 + 1 month' +%F; date -d '1 hour ago' +%s >/dev/null && echo ok2
cp -p a p; stat -c '%n %y' p; cp a q; [ q -nt a ] && echo q newer; mv p r; stat -c '%n %y' r
echo x >> a; [ a -nt p ] && echo a changed;
stat -c '%A %a %b %B %F %h %u %U %g %G %N %o %t %T' a
touch -h -d 2001-01-01 a; stat -c %y a; ln -s a l; touch -h -d 2002-02-02 l; stat -c %y l; stat -L -c %y l
for f in /proc/cmdline /sys/block /dev/null; do stat -c '%n %F' $f; done
truncate -s 5 t1; touch -d 2000-01-01 t1; truncate -s 6 t1; [ t1 -nt a ] && echo t1 newer
: > u1; touch -d 2000-01-01 u1; cat u1; [ -N u1 ] && echo modified since read || echo not
mkdir dd; touch -d 2000-01-01 dd; stat -c %y dd; touch dd/x; stat -c %y dd | cut -c1-3; chmod 600 a; stat -c %y a
ls -l --full-time a; ls -la --time-style=iso a b; ls -lu --time-style=long-iso b; ls -l --time-style=locale b

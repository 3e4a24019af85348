# Options that are easily taken and forgotten, and numbers beyond 2^53.
mkdir v; for x in v1 v10 v2 v1.0 V1 v01 v1a .a .b10 .b9 'a~' a a.b a-b a1.tar a1.10 a1.9 b.txt b1.txt; do touch "v/$x"; done
echo; echo '== ls -v'; ls -v v
echo; echo '== ls -vA'; ls -vA v
echo; echo '== ls -vr'; ls -vr v
echo; echo '== ls --sort=version'; ls --sort=version v
echo; echo '== ls -tv'; ls -tv v
echo; echo '== sort -V'; ls v | sort -V
echo; echo '== chmod -f'; chmod -f 600 nope; echo "rc=$?"; chmod -fR 600 nope; echo "rc=$?"; chmod --quiet 600 nope; echo "rc=$?"; chmod -f -- -x nope; echo "rc=$?"
echo; echo '== chown -f'; chown -f 0 nope; echo "rc=$?"; chown --silent 0 nope v; echo "rc=$?"
echo; echo '== mktemp -q'; mktemp -q -d nope/XXX; echo "rc=$?"; mktemp -q nope/XXX; echo "rc=$?"; mktemp -q aXX; echo "rc=$?"; mktemp -qu nope/aXX; echo "rc=$?"
echo; echo '== uniq -cD'; printf 'a\na\nb\n' | uniq -cD; echo "rc=$?"
for args in '1.5' '007.50' '9007199254740993' '9999999999999999999' '12345678901234567890' '1234567890123456789.5' '--from=iec 64P' '--from=iec 1E' '--from=iec 16E' '--from=si 1.5K' '--from=si 1.00055K' '--from=iec 1Ki' '--from=si 1Ki' '--from=iec-i 1Ki' '--from=auto 1Ki' '--from=auto 1K' '--round=down 1.55' '--from=iec 1.0001K' '--from=iec -- -1E' '-- -1.50' '--suffix=B 9007199254740993' '--to=si 9007199254740993' '--from=iec 4.5P'; do
  echo; echo "== numfmt $args"; numfmt $args; echo "rc=$?"
done
for o in -rH -rHP -rPH -aH -rHL -rLH -rLP -rPL -H -HP -P -PH -dH -Hd -Ha -aL -La -R -L; do
  rm -rf d m l lx c; mkdir d m; ln -s ../d m/in; ln -s m l; echo x > x; ln -s x lx
  echo; echo "== cp $o"; cp $o l c 2>/dev/null; echo "rc=$?"; stat -c %F c c/in 2>/dev/null
  rm -rf c; cp $o lx c; echo "rc=$?"; stat -c %F c
done

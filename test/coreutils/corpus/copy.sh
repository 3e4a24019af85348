# copy: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
printf %b $'a\nb\nc\n' > f1
printf %b $'a\nx\nc\nd\n' > f2
printf %b $'no nl' > f3
printf %b $'aaaa bbbb cccc dddd eeee\nshort\n' > long
mkdir dd
printf %b x > exec
}
setup; echo; echo '== cp f1 new'; printf %b $'in put\nline two\n' | cp f1 new; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== cp f1 dd'; printf %b $'in put\nline two\n' | cp f1 dd; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== cp f1 f2 dd'; printf %b $'in put\nline two\n' | cp f1 f2 dd; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== cp dd x'; printf %b $'in put\nline two\n' | cp dd x; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== cp -r dd x'; printf %b $'in put\nline two\n' | cp -r dd x; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== cp f1 f1'; printf %b $'in put\nline two\n' | cp f1 f1; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== cp f1 f2 f3'; printf %b $'in put\nline two\n' | cp f1 f2 f3; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== cp f1 nope/x'; printf %b $'in put\nline two\n' | cp f1 nope/x; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== cp nope x'; printf %b $'in put\nline two\n' | cp nope x; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== cp'; printf %b $'in put\nline two\n' | cp; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== cp a'; printf %b $'in put\nline two\n' | cp a; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== cp -v f1 new'; printf %b $'in put\nline two\n' | cp -v f1 new; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== cp -n f1 f2'; printf %b $'in put\nline two\n' | cp -n f1 f2; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== cp -t dd f1'; printf %b $'in put\nline two\n' | cp -t dd f1; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== cp -T f1 new'; printf %b $'in put\nline two\n' | cp -T f1 new; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== cp f1 new/'; printf %b $'in put\nline two\n' | cp f1 new/; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== cp dd f1'; printf %b $'in put\nline two\n' | cp dd f1; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== cp -r dd f1'; printf %b $'in put\nline two\n' | cp -r dd f1; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== cp f1 f2 nope'; printf %b $'in put\nline two\n' | cp f1 f2 nope; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== mv f1 new'; printf %b $'in put\nline two\n' | mv f1 new; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== mv f1 dd'; printf %b $'in put\nline two\n' | mv f1 dd; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== mv f1 f2 dd'; printf %b $'in put\nline two\n' | mv f1 f2 dd; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== mv nope x'; printf %b $'in put\nline two\n' | mv nope x; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== mv f1 f1'; printf %b $'in put\nline two\n' | mv f1 f1; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== mv f1 nope/x'; printf %b $'in put\nline two\n' | mv f1 nope/x; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== mv'; printf %b $'in put\nline two\n' | mv; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== mv a'; printf %b $'in put\nline two\n' | mv a; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== mv -v f1 new'; printf %b $'in put\nline two\n' | mv -v f1 new; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== mv dd dd/x'; printf %b $'in put\nline two\n' | mv dd dd/x; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== mv dd f1'; printf %b $'in put\nline two\n' | mv dd f1; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== mv f1 f2 f3'; printf %b $'in put\nline two\n' | mv f1 f2 f3; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== mv -n f1 f2'; printf %b $'in put\nline two\n' | mv -n f1 f2; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== mv dd ee'; printf %b $'in put\nline two\n' | mv dd ee; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== mv -t dd f1'; printf %b $'in put\nline two\n' | mv -t dd f1; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== ln f1 h'; printf %b $'in put\nline two\n' | ln f1 h; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== ln -s f1 s'; printf %b $'in put\nline two\n' | ln -s f1 s; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== ln -s f1 f2'; printf %b $'in put\nline two\n' | ln -s f1 f2; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== ln -sf f1 f2'; printf %b $'in put\nline two\n' | ln -sf f1 f2; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== ln nope z'; printf %b $'in put\nline two\n' | ln nope z; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== ln dd z'; printf %b $'in put\nline two\n' | ln dd z; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== ln'; printf %b $'in put\nline two\n' | ln; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== ln -s'; printf %b $'in put\nline two\n' | ln -s; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== ln -sv f1 s'; printf %b $'in put\nline two\n' | ln -sv f1 s; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== ln -s x y z'; printf %b $'in put\nline two\n' | ln -s x y z; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== ln -s f1 dd'; printf %b $'in put\nline two\n' | ln -s f1 dd; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== ln f1 f2'; printf %b $'in put\nline two\n' | ln f1 f2; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== ln -f f1 f2'; printf %b $'in put\nline two\n' | ln -f f1 f2; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== ln -s f1 nope/x'; printf %b $'in put\nline two\n' | ln -s f1 nope/x; echo "rc=$?"; ls -R; cat ./* 2>&1
setup; echo; echo '== ln -sn f1 s'; printf %b $'in put\nline two\n' | ln -sn f1 s; echo "rc=$?"; ls -R; cat ./* 2>&1

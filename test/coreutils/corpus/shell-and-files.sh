# Builtins of bash and its patterns among files and directories.
cd /tmp/case || exit; rm -rf ./*; top=$PWD
show() { printf '<%s>' "$@"; echo; }
echo '== . and source look for a file'; mkdir lib; echo 'echo lib $#' > lib/part; mkdir lib/head; echo 'echo here' > part
PATH=lib:$PATH; . part a b; source -- part; rm lib/part; . part; . nothing; echo $?
echo '== . of what is no script'; . ./lib; echo $?; source lib/; echo $?; . -q; echo $?; source ./nothing; echo $?; PATH=${PATH#lib:}
echo '== cd looks in $CDPATH'; mkdir -p one/deep two near; where() { echo "$? ${PWD#"$top"}"; }
CDPATH=one:two; cd deep; where; cd "$top"; cd near; where; cd ..; cd ./deep; where; cd nowhere; where
echo '== cd with an empty part, and with a whole path'; cd "$top"; CDPATH=:one; cd near; where; cd ..; CDPATH=$PWD/one; cd deep; where; cd ..; cd "$top"; cd .; where; unset CDPATH
echo '== pushd and popd of no number'; pushd -q; echo $?; popd -q; echo $?; popd q; echo $?; pushd -n -q; echo $?
echo '== command -p'; mkdir bin; printf 'echo mine\n' > bin/tr; chmod +x bin/tr; before=$PATH; PATH=bin:$PATH; echo a | tr a b; echo a | command -p tr a b; PATH=bin; command -p none; echo $?; echo a | command -p tr a c; PATH=$before
echo '== GLOBIGNORE'; rm -rf ./*; touch a.c a.o b.h .dot x:y 'e*.t' e1.t; mkdir d; touch d/q.o d/r.c
GLOBIGNORE=*.o:*.h; show *; show d/*; show */*; show *.o
echo '== GLOBIGNORE with a slash, a colon and brackets'; GLOBIGNORE='d/*'; show * */*; GLOBIGNORE='e\*.t:x[:]y'; show *; GLOBIGNORE='[a-e]*'; show *; GLOBIGNORE='@(a|b).*'; show *; shopt -s extglob
echo '== GLOBIGNORE with groups'; show *; shopt -u extglob
echo '== GLOBIGNORE and dotglob'; GLOBIGNORE=*; show *; show .*; GLOBIGNORE=; show *; shopt dotglob; unset GLOBIGNORE; show *; GLOBIGNORE=none; shopt dotglob; shopt -u dotglob; show *; unset GLOBIGNORE
echo '== GLOBIGNORE of a function, and with nullglob'; inside() { local GLOBIGNORE=*.c; show *.?; }; inside; GLOBIGNORE=./a.c; show ./*; shopt -s nullglob; GLOBIGNORE=*.h; show *.h; show *.c; shopt -u nullglob; unset GLOBIGNORE
echo '== nocaseglob'; touch Name other; shopt -s nocaseglob; show n* NAME* O*; shopt -u nocaseglob; show n* N*
echo '== braces in the names of files'; echo x > f{1,2}; echo $?; cat < b{1,2}; echo $?; echo y >> 'g{1,2}'; echo z &> c{1,2}; echo $?; : > h{1}; ls
echo '== 1>& with a name'; echo one 1>&both; echo $?; cat both; name=more; ls /none 1>&$name; cat more; echo two 2>&other; echo $?
echo '== bytes'; printf 'a\0b' | od -An -c; echo -e 'a\0b' | od -An -c; echo $'\ca\cZ\c?\c[' | od -An -c

# What bash calls a descriptor that can't be copied, and a word that names none.
x=; y=a; n=9
read z <&"$y"; read z <&$y; read z <&"a"; read z <&a; read z <&"b$y"; read z <&"1 "; echo q 2>&"$y"; echo q 3>&"$y"; read z <&$x; echo q >&$x
read z <&"9"; read z <&"$n"; read z <&$n; echo q 3>&"$n"; exec 4<&9; echo q 2>&9 3>&9
read z <&"$x"; echo $?; echo a >&"$x"; echo $?; echo a >& ""; echo $?; read z <& ""; exec 3<&"$x"; echo b 2>&"$x"; echo q 0>&"$x"; read z 0<&"$x"; read z <&"0"x

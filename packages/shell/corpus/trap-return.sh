trap 'echo "R ${FUNCNAME[0]-main} $?"' RETURN
f() { echo in f; return 7; }
f; echo "after f $?"
g() { trap 'echo "RG ${FUNCNAME[0]} $? $LINENO"' RETURN; echo in g; f; false; }
g; echo "after g $?"
trap -p RETURN
h() { true; }; h
trap - RETURN; trap -p RETURN; h
set -T; trap 'echo "T ${FUNCNAME[0]} $?"' RETURN
h; f; k() { h; return 3; }; k; echo $?
set +T
l() { trap 'echo cleanup $1; trap - RETURN' RETURN; echo "in l $1"; [ "$1" = x ] && return 5; echo long; }
l x; echo $?; l y; echo $?; h
echo 'echo sourced; return 4' > s.inc
trap 'echo "S $?"' RETURN
. ./s.inc; echo "src $?"
(h; echo sub); x=$(h; echo cs); echo $x
m() { trap 'echo "RM"' RETURN; ( exit 3 ); }; m; echo $?
trap 'echo ex' EXIT; trap; trap - RETURN EXIT; trap -p
n() { trap 'echo exit in trap; exit 9' RETURN; echo n; }; n; echo not reached

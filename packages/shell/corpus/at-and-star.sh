f() { echo $#; for i; do printf '<%s>' "$i"; done; echo; }
set -- 'a b' c ''
f $@; f $*; f "$@"; f "$*"; f x"$@"y; f "x $@ y"
set --
f "$@"; f "$*"; f $@; f $*; f x"$@"; f "$@"''; f ""$@
IFS=-; set -- a b; f "$*"; x=$*; echo "$x"; x=$@; echo "$x"
f "${@:2}" "${@:1:1}" ${@:0:1}

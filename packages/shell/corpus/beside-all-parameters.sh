# Quotes that hold "$@" make a word only if something in them has a value.
p() { local a; for a in "$@"; do printf '<%s>' "$a"; done; echo; }
unset u; x=; s=abc
set --
p "$x$@"; p "$@$x"; p "$u$@$x"; p "$(true)$@"; p "$x""$@"; p ""$@; p $@""; p "$@""$@"; p a"$@"; p "$x$*"; p $x"$@"
p "${@}"; p "${@-}"; p "${@:-}"; p "${*-}"; p "${@-d e}" ${@-d e} "${*:-d e}"; p "${@+x}"
set -- ''
p "$x$@"; p "$@"; p $@; p "${@-}"; p "${@:-z}"; p ${@:-z}; p "$*"
set -- '' ''
p "$@"; p $@; p "${@:-z}"; p "$*"; p "x$@y"

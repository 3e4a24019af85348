set -- a "b c" d; echo $# "$2"
set x y; echo $1 $#
set -e -- q; echo $1; set +e
set --; echo $#
set - m n; echo $@
set -u; set +u; set -eu; set +eu
set -o errexit; set +o errexit
set -o nosuch; echo $?
set -Z; echo $?
set -f; echo *; set +f
shift; echo $@; shift 5; echo $?; shift -1; echo $?; shift x; echo $?

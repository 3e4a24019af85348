shopt; shopt -p | head -3; shopt -s | head -3; shopt -u; shopt -o | head -3; shopt -po; shopt -so
for name in none no_such_option; do shopt $name; echo $?; shopt -q $name; echo $?; shopt -s $name; echo $?; shopt -o $name; echo $?; shopt -so $name; echo $?; set -o $name; echo $?; [[ -o $name ]]; echo $?; done
shopt -p extglob nullglob; echo $?; shopt -s extglob nullglob; shopt extglob dotglob; echo $?; shopt -po errexit; shopt -so noglob; shopt -o noglob; shopt -uo noglob; shopt -qo noglob; echo $?
shopt -s histappend; shopt -u checkwinsize; shopt histappend checkwinsize progcomp; shopt -s checkwinsize; shopt -s login_shell; echo $?; shopt -s sourcepath promptvars; shopt -u execfail; set -o braceexpand; set +o posix; [[ -o braceexpand ]]; echo $?
shopt -s xpg_echo; echo 'a\tb' '\101'; echo -E 'a\tb'; (echo '\061'); shopt -u xpg_echo; echo 'a\tb'; set -- 1; shopt -s shift_verbose; shift 2; echo $?; shift -1; echo $?
echo $-; bash -c 'echo $-'; echo 'echo $-' | bash; bash -euc 'echo $-'; echo $SHELLOPTS; set -u; echo $SHELLOPTS; shopt -u extglob nullglob; echo $BASHOPTS; (SHELLOPTS=x; echo not here); SHELLOPTS=x true; unset SHELLOPTS; echo $?; read SHELLOPTS <<< x; echo $?; (BASHOPTS=; echo not here)
bash -O nullglob -c 'echo no* .; shopt nullglob'; bash +O nullglob -c 'shopt -p nullglob'; bash -O none -c :; echo $?; bash -o none -c :; echo $?; bash -c; echo $?; bash -c --; echo $?; bash -c -- 'echo $0' a; bash -c 'echo $0' --
set +; set + a b; echo "$@"; set - + c; echo "$@"; set + -- d; echo "$@"; set + -x; echo "$@"; set +x
UID=5; echo not here
UID=5 true; echo $?; (EUID=3; echo not here); for PPID in 1; do echo not here; done; echo $?; declare -p UID EUID; unset UID; echo $?; UID=9 bash -c 'echo $UID'; export UID; bash -c 'echo $UID'

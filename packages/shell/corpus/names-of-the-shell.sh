echo $0; BASH_ARGV0=other; echo $0 $BASH_ARGV0
f() { echo $0; }; f
exec 5> trace; BASH_XTRACEFD=5; set -x; echo hi; : a 'b c'; set +x; BASH_XTRACEFD=; cat trace
BASH_XTRACEFD=1; set -x; echo hi; set +x
unset 1a; echo $?; unset -v 1a; echo $?; unset 'a b'; echo $?

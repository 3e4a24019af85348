# The trace of traps is one level deeper than what they interrupt; that of EXIT is so in subshells only.
exec 2>&1
printf 'echo y\ntrap "echo return" RETURN\n' > sourced
printf 'exit 3\n' > leaves
set -x
trap 'set -x; echo usr; set +x' USR1; { set +x; kill -USR1 $$; } 2>/dev/null; set -x
trap 'echo err' ERR; false; trap - ERR
trap 'echo ret' RETURN; f() { :; }; f; trap - RETURN
trap 'echo dbg; :' DEBUG; true; trap - DEBUG
g() { trap 'eval "echo in-g"' ERR; false; echo "$(trap 'echo insub' EXIT; echo x)"; trap - ERR; }; g
(trap 'echo subexit' EXIT; true)
(trap 'echo bye' EXIT; f() { exit 3; }; f)
(trap 'echo bye' EXIT; eval 'exit 3')
(trap 'echo bye' EXIT; set -e; false)
x=$(trap 'echo bye' EXIT; exit 1)
x=$(trap 'echo bye' EXIT; eval 'exit 1')
x=$(trap 'echo bye' EXIT; . ./leaves)
x=$( (trap 'echo bye' EXIT; true) )
eval '(trap "echo bye" EXIT; true)'
{ trap 'echo bye' EXIT; true; } & wait
bash -xc 'trap "echo bye" EXIT; eval "exit 2"'
bash -xc 'set -e; trap "echo bye" EXIT; false'
bash -xc 'trap "echo bye; exit 5" TERM; trap "echo end" EXIT; eval "echo deep"'
. ./sourced
trap 'echo bye' EXIT; g() { eval 'exit 4'; }; g

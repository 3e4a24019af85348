# Things that bash can do, each in a line.
x="it's a \"b\""; echo "${x@A}" "${x@Q}" "${x@U}" "${x@u}" "${x@L}" "${x@E}" "${x@K}"; a=(1 "2 3"); echo "${a[@]@A}" "${a[@]@Q}" "${a[@]@K}" "${a@a}"; declare -A h=([k]=v); echo "${h[@]@K}" "${h[@]@A}" "${h@a}"; export E=1; echo "${E@A} ${E@a}"; declare -i n=3; echo "${n@A}"; declare -r ro=1; echo ${ro@a}; echo "${nope@A}|"; p='\u@\h'; echo "${p@P}" | wc -l
f() { echo hi; local z=1; }; type f; type -t f; declare -f f; type type; type -a cd; type nope; type -P ls; type -p f; command -V f; command -v f; command -V ls; command -v if; type if
trap 'echo "D:$BASH_COMMAND"' DEBUG; echo one; y=2; trap - DEBUG; echo two
trap 'echo "E:$?"' ERR; false; trap - ERR
alias ll='ls -l'; alias; alias ll; alias nope; ll /nonexist; unalias ll; unalias ll
select c in a b c; do echo "got $c $REPLY"; break; done <<< 2
select c in a b; do echo "<$c>"; [ "$c" ] && break; done <<< $'9\n1'
printf '%(%Y-%m-%d %H:%M:%S)T\n' 0; printf '%(%s)T\n' 12345; printf '%(%F)T|%s\n' 86400 x; TZ=UTC printf '%(%c)T\n' 1000000000
r() { declare -n ref=$1; ref=changed; echo "$ref ${!ref}"; }; v=1; r v; echo $v; declare -n q=v; echo $q; unset -n q; declare -p q; arr=(1 2); ra() { local -n A=$1; A+=(3); echo ${#A[@]} "${A[1]}"; for k in "${!A[@]}"; do echo -n "$k "; done; echo; }; ra arr; echo "${arr[@]}"
{ sleep 0.2; exit 3; } & { sleep 1; } & wait -n -p who; echo $? $([ -n "$who" ] && echo set); wait; echo $?
coproc cat; echo hello >&"${COPROC[1]}"; read -r l <&"${COPROC[0]}"; echo "$l"; eval "exec ${COPROC[1]}>&-"; wait $COPROC_PID; echo $?
coproc UP { tr a-z A-Z; }; echo abc >&${UP[1]}; eval "exec ${UP[1]}>&-"; cat <&${UP[0]}; wait
set -m; sleep 0.1 & wait; set +m; sleep 5 & jobs; kill %1; wait 2>/dev/null
TIMEFORMAT='%0lR'; { time sleep 0; } 2>&1
echo $BASH_VERSION ${BASH_VERSINFO[0]} $BASHPID | cut -c1-6; echo $SECONDS $LINENO $SHLVL $PPID | wc -w; echo $EPOCHSECONDS | wc -c; echo ${EPOCHREALTIME%.*} | wc -c; echo $RANDOM | grep -c '^[0-9]*$'; echo $FUNCNAME $0
shopt -s globstar; mkdir -p /tmp/g/h/i; touch /tmp/g/h/i/f; echo /tmp/g/**; shopt -u globstar; echo /tmp/g/**
caller() { :; }; unset -f caller; g() { caller 0; caller; }; g; g2() { echo "${FUNCNAME[@]} ${BASH_LINENO[0]} ${BASH_SOURCE[0]}"; }; g2
(: "${undefd:?is missing}"); echo $?; set -u; (echo $nop); echo $?; set +u; (set -e; false; echo no); echo $?; set -o | head -5; echo $- ; set -o pipefail; false | true; echo $?; set +o pipefail; echo "${PIPESTATUS[@]}"
ulimit -n; umask; umask -S; hash -r; dirs; disown; let z=1+2; echo $z; (( z > 2 )) && echo gt; echo $((16#ff)) $((2**10)) $((z++)) $((z<<3)); printf -v pv '%05d' 42; echo $pv; readonly pv; pv=1; echo $?

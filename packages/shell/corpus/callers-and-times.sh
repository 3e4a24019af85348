g() { caller; caller 0; caller 1; caller 2; echo $?; }
h() { g; }
h
caller; echo $?
trap 'echo "err at $(caller)"' ERR
k() { false; }; set -E; k; set +E
printf '%(%Y-%m-%d %H:%M:%S)T|%(%s)T|%(%F)T\n' 0 12345 86400
printf '[%(%H)T] [%20(%F)T]\n' 3600 0
printf -v s '%(%d)T' 86400; echo $s
TIMEFORMAT='%%'; time true; TIMEFORMAT=; time false; echo $?; { time sleep 0; } 2>/dev/null; time -p true 2>/dev/null
TIMEFORMAT='x%0R'; ! time true; echo $?; time { echo grouped; (exit 4); }; echo $?
umask -S; umask; umask -p; ulimit -n > /dev/null; exec 3>&1; (exec -a other sleep 0)
{ sleep 0.3; exit 3; } & w=$!; { sleep 0.1; exit 4; } & v=$!; wait -n -p who; echo $? $((who == v)); wait -p who $w; echo $? $((who == w)); wait -n -p who; echo "$? ${who-unset}"
coproc cat; echo hello >&"${COPROC[1]}"; read -r l <&"${COPROC[0]}"; echo "$l"; eval "exec ${COPROC[1]}>&-"; wait $COPROC_PID; echo $?
coproc UP { while read -r l; do echo "${l^^}"; done; }; echo abc >&${UP[1]}; eval "exec ${UP[1]}>&-"; cat <&${UP[0]}; wait
set -m; sleep 0.1 & wait; echo $-; set +m
trap -l; kill -l

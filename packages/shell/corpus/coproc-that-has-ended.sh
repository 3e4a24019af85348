# Once the shell has heard that a coprocess ended, its descriptors and what it printed are gone.
exec 2>&1
coproc W { sleep 0.1; echo x; }; sleep 0.3; echo "${#W[@]}"; read -r -t 1 l <&"${W[0]}"; echo "$l"; wait; echo "${#W[@]}"
coproc W { sleep 0.1; echo x; }; sleep 0.3; sleep 0.1; echo "${#W[@]}"; read -r -t 1 l <&"${W[0]}"; echo "$l"
coproc V { read -r q; echo "got $q"; }; echo hi >&"${V[1]}"; sleep 0.2; echo "${#V[@]} ${V_PID:+pid}"; true; echo "${#V[@]}"; read -r l <&"${V[0]}"; echo "l=$l"

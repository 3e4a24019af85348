(sleep 0.1; exit 1) & (sleep 0.05; exit 2) &
wait -n; echo $?
wait -n; echo $?
wait -n; echo $?

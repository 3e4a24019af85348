sleep 0.1; echo $SECONDS
(sleep 0.05; echo 1) & (sleep 0.02; echo 2) & wait; echo 3
for i in 3 1 2; do (sleep 0.$i; echo $i) & done; wait

trap 'echo trapped' USR1
(sleep 0.1; kill -USR1 $$) &
sleep 0.3 &
p=$!
wait $p; echo "wait $?"
wait $p; echo "again $?"
wait
echo end

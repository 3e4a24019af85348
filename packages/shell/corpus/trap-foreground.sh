trap 'echo trapped' USR1
(sleep 0.1; kill -USR1 $$) &
sleep 0.3
echo after sleep
wait

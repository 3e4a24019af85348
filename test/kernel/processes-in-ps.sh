# ps: the states and names of processes, who is whose child, and what it says of none.
sleep 50 & s=$!; sleep 0.2
ps -o stat= -p $s; ps -p $s | awk '{print $2,$3,$4}'; ps -C sleep -o comm,stat; ps -eo stat,comm | grep sleep; ps -p $$ -o comm=,args=; ps -p $s,$$ -o comm,args
ps --ppid $$ -o comm= | sort; ps h -o comm -p $$; ps -o pid:8,comm:20,stat -p 1 | head -1; ps -o tty,comm -p $$
kill $s; wait $s; ps -p $s; echo $?
ps -o foo -p 1; echo $?; ps -p abc; echo $?
mkfifo /tmp/f; cat /tmp/f & c=$!; sleep 0.2; ps -o stat=,comm= -p $c; echo x > /tmp/f; wait $c

echo a | { read x; export x; printenv x; }; echo "[$x]"
x=5 bash -c 'echo $x' | cat

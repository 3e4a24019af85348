# A value for one command has none of the variable's attributes, unless it is added to it.
declare -i n=5 m=3; n=1+1 bash -c 'echo $n'; n+=2 bash -c 'echo $n'
f() { echo $n; n+=1; echo $n; }; n=1+1 f; echo $n
declare -u u=a; u=bc bash -c 'echo $u'; u=bc eval 'echo $u'; m=2+2 eval 'echo $m'; m+=2 eval 'echo $m'; echo $m
a=(1 2); a=x bash -c 'echo $a'; echo ${a[@]}

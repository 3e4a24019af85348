declare x=5; echo $x; declare -i n=2+3; echo $n; n=n*2; echo $n; n+=1; echo $n
declare -r c=1; c=2; echo "not reached?" 

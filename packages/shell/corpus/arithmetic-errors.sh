echo $((1/0)); echo rest of line
echo next $?
((1/0)); echo "status $?"
echo $((1 1))
echo $((1+))
echo $((08))
echo $((2#3)) 
echo $((1 ? 2))
echo $((5=3))
x='a b'; echo $((x))
echo done

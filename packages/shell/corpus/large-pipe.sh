x=0123456789; for i in 1 2 3 4 5 6; do x=$x$x$x$x; done; echo ${#x}
echo $x | wc -c
y=$(echo $x); echo ${#y}
echo $x > f; wc -c < f

let '1 +'; echo $?
echo $((a[))
echo $((3 ** -1))
echo $((1 : 2))
echo $((@))
echo $((1.5))
x=1/0; echo $((x))
[[ 1/0 -eq 1 ]]; echo $?
a=(1); echo ${a[1/0]}
echo ok ${a[0]}
: $((x=5%0))
for ((i=0; i<1/0; i++)); do echo no; done; echo $?

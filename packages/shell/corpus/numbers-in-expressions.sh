# A message about a number ends with the number.
echo $((  08 + 1))
echo $((1 + 0x1X + 2))
let 'x = 09 + 1'; echo $?
declare -i n; n=08
echo "$(( 1 + ))"
# A line may go on, and the message begins where the expression does.
echo $((
1 +
2 + \
3
))
(( x = 1 + \
 2 )); list=(1 2 3); echo $x ${list[1 + \
1]} ${x:\
0}
echo $((
1 + 2  # three
))
(( y = 3 + 4  # seven
)); echo $?
# The text of a slice's length is shown as it is.
x=abcdef; echo "${x:1: -30}"
echo "${list[@]: 1 : -3 }"

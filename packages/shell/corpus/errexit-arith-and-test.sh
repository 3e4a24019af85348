set -e
((1)); echo 1
[[ a ]]; echo 2
[ a ]; echo 3
x=5
((x == 5)); echo 4
(( x - 5 ))
echo no

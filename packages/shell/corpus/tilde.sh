HOME=/home/me
echo ~ ~/x "~" '~' \~ a~ x=~ ~root
x=~; echo $x; y=~/a:~/b; echo $y; z=a:~; echo $z
echo ~/"a b" ~"x"
export P=~/bin; echo $P

echo abc | { read -n 0 a; echo "$? <$a>"; read b; echo "$b"; }
echo 'a\bc\\de' | { read -n 4; echo "<$REPLY>"; read -r rest; echo "$rest"; }
echo 'a b c d' | { read -N 5 a b; echo "<$a> <$b>"; }; echo 'a b c d' | { read -N 5 -a all; echo "${#all[@]} <$all>"; }; echo 'a\bcde' | { read -N 4 x; echo "<$x>"; }
echo 'a\ b c' | { read -n 3 x y; echo "<$x> <$y>"; }
read -t -1 x; echo $?; read -t -0.1 x < /dev/null; echo $?
printf 'one\0two\0three' | { mapfile -d '' list; declare -p list; }; printf 'a\0b\nc\n' | { mapfile list; declare -p list; }

read x <<< "  hello world  "; echo "[$x]"
read a b <<< "one two  three "; echo "[$a][$b]"
read a b c <<< "one two"; echo "[$a][$b][$c]"
read -r x <<< 'a\tb\'; echo "[$x]"
read x <<< 'a\ b\\c'; echo "[$x]"
IFS=: read a b c <<< "x:y z:w:v"; echo "[$a][$b][$c]"
IFS= read x <<< "  keep  "; echo "[$x]"
read <<< " reply  line "; echo "[$REPLY]"
read -a arr <<< "p q r"; echo ${#arr[@]} ${arr[1]}
read -d : x <<< "abc:def"; echo "[$x]"
read -n 3 x <<< "abcdef"; echo "[$x]"
read x < /dev/null; echo $? "[$x]"
printf 'no newline' | { read x; echo $? "[$x]"; }
printf 'a\nb\nc\n' | { read x; read y; echo $x$y; cat; }
while IFS=, read -r k v; do echo "$k=$v"; done <<< $'a,1\nb,2'
printf 'l1\nl2' | while read l || [ -n "$l" ]; do echo "<$l>"; done
read x y <<< 'join\
ed line'; echo "[$x][$y]"
IFS=: read -a p <<< "a::b:"; echo ${#p[@]} "${p[1]}|${p[2]}"
read -u 3 x 3<<< three; echo $x
read 1bad <<< x; echo $?
read -p prompt x <<< y; echo $x
IFS=' :' read a b <<< ' x : y : z '; echo "[$a][$b]"
read x <<< ""; echo $? "[$x]"

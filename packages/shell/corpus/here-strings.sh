cat <<< hello
x='a  b'; cat <<< $x; cat <<< "$x"
cat <<< $'a\nb'
read a b <<< "one two three"; echo "$a|$b"
cat <<< ""; cat <<< a"$x"b

x='a b'
echo $x "$x" '$x' \$x "\$x" "a\b" 'it'\''s'
echo "a"b'c'd
echo "" '' x
echo "tab	end" $'a\tb\'c\x41\u00e9'
echo a\
b
echo "a\
b"
echo 'a\
b'
echo "`echo hi`" `echo a b`
echo "$(echo "nested "quotes"")"

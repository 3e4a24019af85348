echo $'\a\b\e\f\n\r\t\v\\\'\"\?' | cat -
echo $'\101\x42\u0043\U00000044' $'a\'b' "$'not'" $'' x$'y'z
echo $"locale" $ "$" a$ "a$" $% 

echo a\ b \\ \" \' \$ \` \n \
end
echo "a\ b \\ \" \' \$ \` \n \
end"
echo 'a\ b \\ " \$'
x='\n'; echo $x "$x" '\\' "\\\\"
echo "\a" "\*" \* "\!" "!"
printf '%s\n' \a\b "c:\\d"
y='a\*b'; echo $y; case 'a*b' in $y) echo m;; esac

echo "$(printf 'a\n\n\n')|"
x=$(echo a; echo b); echo "$x" $x
echo $(echo "  a   b  ") "$(echo "  a   b  ")"
echo `echo \`echo nested\`` "`echo \"q\"`" `echo '\$x'` "`echo \\\\a`"
echo $(echo $(echo $(echo deep)))
x=$(false); echo $?
x=$(exit 3) y=1; echo $?
echo $(exit 4) $?
x=$(echo hi) ; echo $?
echo "$(cat <<E
doc
E
)"
echo > f data; echo $(< f) "$(<f)"
echo $(< nofile) $?
echo $(echo ')' "(" '#')
echo $(echo a # comment
echo b)
echo "$(case x in x) echo paren;; esac)"
n=$(nosuchcmd 2>&1); echo "$n"

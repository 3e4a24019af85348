x=$'a\0b'; echo "${#x} $x"; echo "1$'q\x00r'2"; echo $'q\x00r'2; [ -n $'\0' ]; echo $?; printf '%s|' $'\U0' $'x\u0000y' z; echo
printf "$'\0'"; printf '%d %d\n' "'é" '"a'

echo a  b
echo -n no; echo
echo -e 'a\tb\n\x41\0101\\' 
echo -E 'a\tb'
echo -ne 'x\n'
echo -e 'stop\chere' more
echo
echo -x -- -n
echo "-n"
echo - a

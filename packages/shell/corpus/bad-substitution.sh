echo a
(echo ${x!}; echo no); echo $?
(echo ${a b}; echo no); echo $?
echo ${}
echo unreachable

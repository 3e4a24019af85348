echo before
(echo ${x:?message here}; echo not)
echo $?
(echo ${x:?}; echo not)
(echo ${x?}; echo not)
x=; (echo ${x?fine}; echo "got")
echo ${x:?last words}
echo unreachable

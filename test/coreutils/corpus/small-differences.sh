# What scripts written for other implementations brought to light.
echo '== grep -L and its status'; for x in q z; do echo q | grep -L $x; echo "rc=$?"; echo q | grep -l $x; echo "rc=$?"; echo q | grep -qL $x; echo "rc=$?"; done
echo '== uniq to standard output'; printf 'a\na\nb\n' > u; uniq u -; rm u
echo '== xargs -I and blank lines'; printf ' x\n\n 6 6 \n \t 7\n\t\n' | xargs -I% echo '[%]'
echo '== wc of standard input that is a file'; printf 'ab\ncd\n' > u; wc -lc < u; wc < u; wc - u < u; cat u | wc; wc -lc < /dev/null; rm u
echo '== cat does not copy a file to itself'; echo ab > u; cat u >> u; echo "rc=$?"; cat < u >> u; echo "rc=$?"; cat u - < u | wc -l; cat u > u; echo "rc=$?"; wc -c u; rm u
echo '== fold to no columns'; echo ab | fold -w 0; echo ab | fold -w x

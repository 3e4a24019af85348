# What scripts written for other implementations brought to light.
echo '== grep -L and its status'; for x in q z; do echo q | grep -L $x; echo "rc=$?"; echo q | grep -l $x; echo "rc=$?"; echo q | grep -qL $x; echo "rc=$?"; done
echo '== uniq to standard output'; printf 'a\na\nb\n' > u; uniq u -; rm u
echo '== xargs -I and blank lines'; printf ' x\n\n 6 6 \n \t 7\n\t\n' | xargs -I% echo '[%]'

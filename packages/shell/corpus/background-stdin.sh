cat & wait; echo read nothing
{ read x; echo "[$x] $?"; } & wait
echo data | { cat & wait; }
cat <<< explicit & wait

printf '%d\n' abc; echo $?
printf '%d\n' 12x; echo $?
printf '%z\n' 1; echo $?
printf; echo $?
printf '%d %d\n' 1 x 3; echo $?
printf '%'; echo " $?"
printf '%d\n' 99999999999999999999; echo $?
printf -v 1x a; echo $?
printf -z a; echo $?
printf '%d\n' ''; echo $?

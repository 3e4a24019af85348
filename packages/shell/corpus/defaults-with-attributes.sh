# A default is assigned as any value is: an integer is computed, letters change their case. What can't be assigned ends its line.
declare -i n; echo ${n:=4+3}; declare -p n
declare -u U; U=; echo ${U:=foo}; declare -p U
declare -l L; echo "${L:=BAR} $L"
echo ${6=arg6}; echo not printed
(echo ${6:=arg6}; echo not printed); echo after
f() { echo ${1=x}; echo not printed; }; f; echo not printed
echo ${@=x}; echo not printed
a[1]=; echo ${a[@]:=q}; echo not printed
echo end

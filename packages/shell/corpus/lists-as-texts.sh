declare -a x='(1 2)'; declare -p x
declare -a plain='1 2'; declare -p plain
HERE=place
declare -a expanded="(a 'b c' \$HERE \$(echo d))"; declare -p expanded
declare -A keys='([a]=1 [b]="2 3")'; declare -p keys
text='(p q)'; declare -a w=$text; declare -p w
declare -a in_list=($text); declare -p in_list
f() { local -a own="$1"; declare -p own; local -A map='([k]=v)'; declare -p map; }
f '(7 8)'
known=(a); known='(1 2)'; declare -p known; declare known='(3 4)'; declare -p known
declare -ia sums='(1+1 2)'; declare -p sums
declare -a open='(1 2'; declare -p open
declare -a blank=' (1 2)'; declare -p blank
readonly -a fixed='(1 2)'; declare -p fixed
export scalar='(1 2)'; declare -p scalar
declare -a empty='()'; declare -p empty
x='(9)'; declare x+='(8)'; declare -p x

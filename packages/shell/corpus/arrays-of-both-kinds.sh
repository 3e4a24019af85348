# From a text to an array, and from one kind of array to the other.
text=str; declare -A text; declare -p text
text=x; declare -A text=([a]=1) 2>&1; declare -p text
other=y; declare -A other+=([a]=1); declare -p other
third=z; declare -a third+=(2); declare -p third
list=(1 2); declare -A list; echo $?
declare -A list=([a]=1); echo not reached
declare -A map=(a b c); declare -p map
declare -a map; echo $?
declare -a map=(1 2); echo not reached
# A list of keys and values begins with a key; one with subscripts has no other words.
map=([x]=1 y z); declare -p map
map=([x]=5 [x]+=2); declare -p map
map+=([x]+=9 [y z]+=1); declare -p map
# readonly makes no array without elements.
readonly -a none; readonly -A nothing; declare -p none nothing
readonly -a one=(1); readonly -A some=([k]=v); declare -p one some
# Slices of an associative array count from 1.
declare -A abc=([a]=1 [b]=2 [c]=3)
echo "${abc[@]:0:1}" "${abc[@]:1:1}" "${abc[@]:2:1}" "${abc[@]:1}" "${abc[@]: -1}"
# The attributes are those of each element.
declare -Ai sums=([x]=1 [y]=2); declare -a flat=(1 2)
echo "${flat[@]@a}" "${sums[@]@a}" "${flat@a}" "${flat[1]@a}" "${flat[*]@a}" "${text@a}"

# The name is the value of an element.
paths=(sda sdb 'list[1]'); sda=8:0; sdb=8:16; list=(5 6); i=1
for n in ${!paths[@]}; do echo "$n ${!paths[n]}"; done
echo "${!paths[i-1]}" "${!paths[-1]#6}" "${!paths[2]/6/x}"
declare -A of=([k]=sda); key=k; echo "${!of[$key]}" "${!of[none]}." "${!of[none]:-none}"
# A variable without that element refers to nothing, which is no error; one that does not exist is.
echo "${!paths[7]}."; empty=(); echo "${!empty}."; echo "${!of}."
echo "${!nosuch[0]}"; echo not reached
bad='x y'; echo "${!bad}"; echo not reached
# In quotes * joins.
set -- a b; IFS=-
all='*' each='@' listed='list[*]'
for word in "${!all}" ${!all} "${!each}" "${!listed}" "${!listed/5/7}"; do echo "[$word]"; done
unset IFS
# A base does not begin with 0.
echo $((02#0110))
echo $((0x10#1))
(set -u; echo "${!paths[7]}"); echo $?
(set -u; echo "${!paths[0]}"); echo $?

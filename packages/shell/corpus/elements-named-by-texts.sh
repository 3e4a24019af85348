# An element that a builtin or an indirection is given as a text: the subscript is expanded.
declare -A port=([sda]=1 [sdb]=2 ["a b"]=3)
disk=sda
ref='port[$disk]'; echo "${!ref}"
ref='port["a b"]'; echo "${!ref}"
ref="port['sdb']"; echo "${!ref}"
printf -v 'port[$disk]' '%02d' 7; declare -p port
read 'port[$disk]' <<< 8; read -r path[2] path[4] <<< 'x y'; declare -p port path
unset 'port[$disk]'; declare -p port
unset 'port["a b"]' 'port[sdb]'; declare -p port
read 'port[' <<< 8; echo $?
# -v evaluates the subscript of an array, and finds the key of an associative one.
port[sdb]=1 i=1 list=(1 2); disk=sdb
[[ -v list[i] ]]; echo $?
[[ -v list[i+1] ]]; echo $?
[[ -v list[7] || -v disk[1] ]]; echo $?
[[ -v disk[0] && -v list[@] ]]; echo $?
[[ -v port[$disk] && -v port[sdb] ]]; echo $?
[[ -v 'port[$disk]' ]]; echo $?
test -v 'port[$disk]' -a ! -v port[sda]; echo $?
test -v list[-1]; echo $?
[[ -v list[-3] ]]; echo $?
test -v list[-3]; echo $?
echo "$((list[-3]))" "${list[-3]}."
(( list[-3] )); echo $?
echo ${list[]}; echo not reached
list[]=3; echo not reached
# No element is made for one command, nor exported.
list[0]=9 echo "${list[0]}"
readonly made[1]=2; echo $?
export made[1]=2; echo $?
declare made[1]=2; declare -p made made=1

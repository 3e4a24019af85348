for i in 1; do break 1 2; echo a; done; echo z
echo b; cd a b; echo $?; . ; echo $?; type; echo $?;getopts a; wait -x; echo $?; trap x; echo $?; exec -z; echo $?
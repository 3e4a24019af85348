: 4>&4; echo $?; : 4<&4-; echo $?; : 4>&5; echo $?; echo two 2>&other; echo $?

:; echo $?; : a b; true x; false x; echo $?; : > f; : < f; : $((y=5)); echo $y; : ${z:=7}; echo $z

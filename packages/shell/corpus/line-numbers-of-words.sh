nosuch1 "a
b"
nosuch2 a \
 b
nosuch4 $(
echo
)
x="a
b" nosuch5
"nosuch6
x"
{ nosuch7
}; nosuch8
nosuch9 'a
b' | :
nosuch11 a; nosuch12 "b
c"; nosuch13
if nosuch14 "
"; then :; fi
eval 'nosuch15
nosuch16'
eval "nosuch17" "
"
y=$(nosuch18
nosuch19)
echo "
$(nosuch22)
"
f() {
nosuch23 "
"
}
f
f "
"
$(nosuch24
)

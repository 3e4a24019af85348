x=$(nosuch1)
x=$(nosuch2
nosuch3)
x=$(
nosuch4

nosuch5
)
echo $(nosuch6) $(
nosuch7)
echo a $(nosuch8
)
echo "$(nosuch9)"
echo `nosuch10`
f() {
  local x=$(nosuch12)
  local y=$(
nosuch13 a
)
  [ "$(nosuch14
)" = x ]
}
f
if [ "$(nosuch15)" ]; then :; fi
for i in $(nosuch16); do :; done
for i in $(
nosuch17); do :; done
echo $LINENO $(echo $LINENO) $(
echo $LINENO
echo $LINENO)
case $(
nosuch18) in *) ;; esac
while [ "$(nosuch19
)" ]; do :; done
nosuch20 $(
nosuch21
) a
a=(1
2 $(nosuch22))
cat <<E
$(nosuch23)

$(nosuch24)
E

for i in 1 2; do
  while true; do
    if [ $i = 1 ]; then
      case $i in 1) echo one; break;; esac
    else
      (echo sub; { echo grp; }) | while read l; do echo "got $l"; done
      break
    fi
  done
done
f() { g() { echo inner $1; }; g "$@"; }; f x; g y
x=$(for i in 1 2 3; do [ $i = 2 ] && continue; echo $i; done); echo $x
if { true; false; } || (exit 0); then echo ok; fi
echo $(if true; then echo in-if; fi) $( (echo subsub) )

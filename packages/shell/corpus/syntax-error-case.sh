echo before
case x in
a) echo

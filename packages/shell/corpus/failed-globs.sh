shopt -s failglob
echo /nosuch*; echo "not here"
echo "rc=$?"
for i in /nosuch*; do echo $i; done; echo "not here"
echo "rc=$?"; echo 1 > a.x; echo 2 > b.x; cat *.x; echo *.y *.x; echo no
echo *.x; x=/nosuch*; echo "$x"; echo $x; echo no
(echo /no*; echo sub); echo "after $?"
f() { echo /no*; echo in; }; f; echo no
echo "rc=$?"; echo "/no*"; [[ a == /no* ]]; echo $?; case a in /no*) ;; esac; shopt -s nullglob; echo /no*; echo no
shopt -u failglob; echo /no* end; shopt -s nocaseglob; echo 3 > Upper.X; echo *.X u*; shopt -u nocaseglob nullglob; echo *.X; echo u*

cd /; dirs; pushd /usr; pushd /dev > /dev/null; dirs; dirs -p; dirs -v; pwd; echo $OLDPWD
popd; pwd; pushd; pushd /tmp; pushd /dev; dirs -v; pushd +1; pushd -0; pwd; pushd +9; echo $?; popd +1; echo $?; popd -0; popd +9; echo $?; dirs
pushd /nosuch; echo $?; pushd a b; echo $?; popd x; echo $?; pushd -n /tmp; pwd; popd -n; dirs
popd; popd; popd; echo $?; pushd; echo $?; dirs -c; dirs; pushd +1; echo $?
HOME=/usr; pushd /tmp/../usr; dirs; dirs -l; cd /tmp; dirs; ( pushd /dev; popd ); dirs; pushd - ; popd > /dev/null; popd; pwd
x=$(pushd /usr); echo "$x"; type pushd dirs popd
pushd "" ; echo $?; f() { pushd /tmp >/dev/null; echo in $PWD; popd >/dev/null; }; f; pwd

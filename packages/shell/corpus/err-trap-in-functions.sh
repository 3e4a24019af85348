# A function does not inherit the ERR trap, unless errtrace says so; one that it sets stays when it ends.
exec 2>&1
trap 'echo outer $LINENO' ERR
f() { false; echo "in f"; trap 'echo inner' ERR; false; h; echo "back"; }
h() { false; echo "in h"; }
f; false; trap -p ERR
k() { trap - ERR; false; }; k; trap -p ERR; false
trap 'echo outer2' ERR; m() { trap -p ERR; trap 'echo mm' ERR; trap -p ERR; }; m; trap -p ERR
set -E; trap 'echo E' ERR; f; false; set +E
n() { trap '' ERR; false; }; n; false; trap -p ERR
trap 'echo o3' ERR; q() { (false; echo sub; trap 'echo subt' ERR; false); false | true; }; q; x=$(false; f); echo "$x"
r() { set -E; trap 'echo rr' ERR; false; s; }; s() { false; }; r; trap -p ERR; set +E; t() { set -e; trap 'echo tt' ERR; false; echo no; }; t

set -e
f() { echo in; false; echo no; }
trap 'echo exit $?' EXIT
f
echo no

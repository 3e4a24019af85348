set -e
trap 'echo ex $?' EXIT
echo $((1/0)); echo no
echo cont

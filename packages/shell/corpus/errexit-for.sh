set -e
for i in 1 2 3; do
  [ $i = 2 ] && echo two
  echo $i
done
for i in 1 2; do false; done
echo no

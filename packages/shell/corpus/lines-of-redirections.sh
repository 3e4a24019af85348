{
  :
} < none
while read -r x; do
  :
done < none
if true; then
  { :
  } < none; fi
first() {
  while :; do
    :
  done < none
  echo $LINENO
}
first
for i in 1; do
  {
    :
  } < none
done
case a in
  a) {
    :
  } < none ;;
esac
(
  :
) < none
{ :; (
  :
) < none
  { :
  } < none | cat
}
{
  :
} < none || {
  :
} < none; trap 'echo failed $LINENO' ERR
until :; do
  :
done < none
eval '{
:
} < none'
trap - ERR; for ((i = 0;
  i < 1; i++)); do
  { :
  } < none
done

# The order is checked only once a line had no partner, by both programs, and from different lines on.
try() {
  echo; echo "== $1 / $2 / $3"
  tr ' ' '\n' <<< "$2" > x; tr ' ' '\n' <<< "$3" > y
  $1 x y; echo "rc=$?"
}
for a in 'a b c' 'a c b' 'b a' 'a B c d' 'c b a' 'a a b' 'b b a' 'z' 'q a q'; do
  for b in 'a b c' 'a c b' 'a B c d' 'c b a' 'z a' 'b' 'd c' 'q a q'; do
    try 'comm' "$a" "$b" 2>&1; try 'join' "$a" "$b" 2>&1
  done
  try 'join -a1' "$a" 'a c b' 2>&1; try 'join -v2' "$a" 'a c b' 2>&1
  try 'join --check-order' "$a" 'a c b' 2>&1; try 'join --nocheck-order' "$a" 'a c b' 2>&1
  try 'comm --check-order' "$a" 'a c b' 2>&1; try 'comm --nocheck-order --total' "$a" 'a c b' 2>&1
  try 'comm --check-order --total' "$a" 'a c d' 2>&1
done
echo; echo '== comm -z'; printf 'a\0b\nc\0' > x; printf 'b\nc\0d' > y; comm -z x y | od -c; comm -z --total x y | od -c
echo; echo '== comm --output-delimiter='; printf 'a\nb\n' > x; printf 'b\nc\n' > y; comm --output-delimiter= x y | od -c
echo; echo '== two delimiters'; comm --output-delimiter=, --output-delimiter=, x y; comm --output-delimiter=, --output-delimiter=x x y; echo "rc=$?"
echo; echo '== a directory'; comm . x; echo "rc=$?"
for program in comm join; do
  try "$program --check-order --nocheck-order" 'a c b' 'b c d' 2>&1; try "$program --nocheck-order --check-order" 'a c b' 'b c d' 2>&1
done

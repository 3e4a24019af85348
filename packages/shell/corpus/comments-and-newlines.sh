# comment
echo a # trailing
echo a#b '#' "#"

echo \
  continued \
  line
if true
then
  # inside
  echo t
fi
for i in 1 \
  2; do echo $i; done
true &&
  echo and
echo a |
  cat
{ echo b
echo c; }; (echo d
)
x=1; : ; y=2 # z
case a in
# c
a) echo ca ;; # d
esac
f()
{
  echo fn
}
f
